"""How the operations of answers say no."""

from __future__ import annotations

from samspel.kernel.refusals import Refusal


class AnswerRefused(Refusal):
    """Something with an answer that cannot be as asked, and why."""

    code = "answer_refused"
