"""What was set aside is used, put after what stands, or put away: by somebody who writes in the answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.models import Answer, SetAside, SetAsideState
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.saving.writes import standing_before, write
from samspel.forms.operations.taking import take
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.values import parse, typed
from samspel.forms.rules.definitions import Type
from samspel.forms.rules.received import asked_at
from samspel.forms.rules.values import Asked, ValueRefused
from samspel.kernel.audit import record
from samspel.kernel.files.models import StoredFile


@transaction.atomic
def use(*, set_aside: SetAside, by: Any, at: datetime) -> SetAside:
    """Let it take its place. What stood there is kept in the field's history.

    Raises PermissionDenied; AnswerRefused: decided already, the form is submitted, it is no answer to the question.
    """
    answer, row, asked = _taken(set_aside, by, at)
    value = _fitting(asked, row.value)
    if asked.type == Type.FILE and not _is_own_file(row, value):
        raise _no_answer()
    return _put(answer, row, value, by=by, at=at)


@transaction.atomic
def put_after(*, set_aside: SetAside, by: Any, at: datetime) -> SetAside:
    """Put a text after the one that stands. Raises as `use`, and for what is no text, or too long together."""
    answer, row, asked = _taken(set_aside, by, at)
    if asked.type not in (Type.SHORT_TEXT, Type.LONG_TEXT):
        raise AnswerRefused(_("Only text can be put after what stands."), code="no_text")
    stands = standing_before(answer, [row.path]).get(row.path)
    between = "\n\n" if asked.type == Type.LONG_TEXT else " "
    return _put(answer, row, _fitting(asked, between.join(filter(None, [stands, str(row.value)]))), by=by, at=at)


@transaction.atomic
def drop(*, set_aside: SetAside, by: Any, at: datetime) -> SetAside:
    """Put it away: it is no longer shown at its field, and is still kept. Raises PermissionDenied, AnswerRefused."""
    answer, row = _locked(set_aside, by, at)
    return _decided(answer, row, SetAsideState.DROPPED, by=by, at=at)


def _locked(set_aside: SetAside, by: Any, at: datetime) -> tuple[Answer, SetAside]:
    answer = take(permissions.WRITE, set_aside.answer, by=by, at=at)
    row = SetAside.objects.select_for_update(of=("self",)).get(pk=set_aside.pk)
    if row.state != SetAsideState.WAITING:
        raise AnswerRefused(_("Somebody has decided on it already."), code="decided_already")
    return answer, row


def _taken(set_aside: SetAside, by: Any, at: datetime) -> tuple[Answer, SetAside, Asked]:
    answer, row = _locked(set_aside, by, at)
    asked = asked_at(body_of(answer.version), row.path)
    if asked is None:
        sentence = _("The form no longer asks for this. Copy what you need, and put it where it belongs.")
        raise AnswerRefused(sentence, code="not_asked")
    return answer, row, asked


def _fitting(asked: Asked, value: Any) -> Any:
    """The value, if it is one of the field. What was kept as typed is read once more."""
    try:
        kept = parse(asked, value if isinstance(value, str | list) else typed(asked, value))
    except (ValueRefused, ArithmeticError, TypeError, ValueError):
        kept = None
    if kept is None:
        raise _no_answer()
    return kept


def _is_own_file(row: SetAside, key: str) -> bool:
    """Whether whoever wrote it also uploaded it: words that look like a key give nobody another's file."""
    return StoredFile.objects.filter(key=key, stored_by=row.written_by).exists()


def _no_answer() -> AnswerRefused:
    sentence = _("This is no answer to the question. Copy what you need, and write it in the field.")
    return AnswerRefused(sentence, code="does_not_fit")


def _put(answer: Answer, row: SetAside, value: Any, *, by: Any, at: datetime) -> SetAside:
    write(answer=answer, values={row.path: value}, by=by, at=at, way="set_aside")
    return _decided(answer, row, SetAsideState.USED, by=by, at=at)


def _decided(answer: Answer, row: SetAside, state: str, *, by: Any, at: datetime) -> SetAside:
    row.state, row.decided_at, row.decided_by = state, at, by.key
    row.save(update_fields=["state", "decided_at", "decided_by"])
    record(action=f"forms.set_aside.{state}", on=answer, by=by, at=at, set_aside=row.pk, path=row.path)
    return row
