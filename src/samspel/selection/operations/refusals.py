"""How the operations of selection say no."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import lazy

from samspel.kernel.refusals import Refusal
from samspel.selection.queries.wording import sentences_of
from samspel.selection.rules.problems import Problem


class StepNotOpen(Refusal):
    """A step of the road that cannot be taken, with every reason."""

    code = "step_not_open"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(_sentences(self.problems), codes=[problem.code for problem in problems])


def refuse_if(problems: Sequence[Problem]) -> None:
    """Raises StepNotOpen when there are reasons."""
    if problems:
        raise StepNotOpen(problems)


_sentences = lazy(lambda problems: " ".join(str(sentence) for sentence in sentences_of(problems)), str)
