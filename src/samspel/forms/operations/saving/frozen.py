"""What somebody writes in a form that was submitted meanwhile: kept beside it, never lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.forms.models import Answer, AnswerState, SetAside, SetAsideWhy
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.saving.aside import put_aside
from samspel.forms.operations.saving.reading import Typed, sides
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.values import parse
from samspel.forms.rules.received import asked_at, received
from samspel.forms.rules.values import MOST_CHARACTERS
from samspel.kernel.audit import record

SENTENCES: Final = {
    AnswerState.SUBMITTED: _(
        "The form has been submitted. What you have written since is kept beside it, and can be used if it is opened"
        " again."
    ),
    AnswerState.WITHDRAWN: _("The form is no longer asked for. What you have written since is kept beside it."),
}


class AnswerFrozen(AnswerRefused):
    """The form was submitted, or is no longer asked for, since the page was opened; `set_aside`: what is kept of it."""

    def __init__(self, refusal: AnswerRefused, state: str, set_aside: list[SetAside]) -> None:
        sentence = SENTENCES[AnswerState(state)] if set_aside else refusal.sentence
        super().__init__(sentence, code=refusal.code, **refusal.facts)
        self.set_aside = set_aside


@transaction.atomic
def keep(
    answer: Answer, typed: Typed, base: int, bases: Mapping[str, int], *, by: Any, at: datetime
) -> tuple[str, list[SetAside]]:
    """Set aside what was typed since the page was opened; the answer's state, and what was kept: nothing where all that
    was written has been deleted, since it would never be.

    A part of a save that was refused by the answer's state alone: she may write in it when it is open.
    """
    locked = Answer.objects.select_for_update(of=("self",)).select_related("version").get(pk=answer.pk)
    if locked.forgotten_at is not None:
        return locked.state, []
    written = _written(locked, typed, base, bases)
    kept = put_aside(locked, written, by=by, at=at, why=SetAsideWhy.FROZEN)
    if kept:
        record(action="forms.answer.kept_beside", on=locked, by=by, at=at, fields=len(kept), state=locked.state)
    return locked.state, kept


def _written(answer: Answer, typed: Typed, base: int, bases: Mapping[str, int]) -> dict[str, Any]:
    """What differs from the page and from what stands: values as kept, or as typed where they are none."""
    definition = body_of(answer.version)
    read = received(definition, typed, parse)
    known = {path: min(one, answer.revision) for path, one in bases.items()}
    both = sides(answer, read.values, min(max(base, 0), answer.revision), known)
    values = {path: value for path, value in read.values.items() if value not in (both.base.get(path), None)}
    wrong = {path: _text(typed[path]) for path in read.faults}
    written = {path: value for path, value in {**values, **wrong}.items() if value and asked_at(definition, path)}
    return {path: value for path, value in written.items() if value != both.now.get(path)}


def _text(typed: Any) -> str:
    text = typed if isinstance(typed, str) else ", ".join(map(str, typed))
    return text[:MOST_CHARACTERS].replace("\x00", "").encode("utf-8", "ignore").decode()
