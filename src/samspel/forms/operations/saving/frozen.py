"""What somebody writes in a form that was submitted meanwhile: kept beside it, never lost."""

from __future__ import annotations

from samspel.forms.operations.refusals import AnswerRefused


class AnswerFrozen(AnswerRefused):
    """The form was submitted, or is no longer asked for, since the page was opened. What was typed is kept beside."""

    code = "is_frozen"
