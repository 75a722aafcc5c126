"""What was handed out is withdrawn from all who have not submitted, with a reason that they are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState, HandOut, HandOutState, Participant
from samspel.forms.operations.comments import plain
from samspel.forms.operations.handing_out.beginning import Lot
from samspel.forms.operations.handing_out.words import AT_ONCE, GO_ON
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.telling import tell_each
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.people import on_day
from samspel.forms.queries.seeing import with_subject
from samspel.forms.rules.months import months_after
from samspel.kernel import jobs
from samspel.kernel.audit import SYSTEM, record, record_many


@transaction.atomic
def withdraw(*, hand_out: HandOut, reason: str, by: Any, at: datetime) -> HandOut:
    """Say that what was handed out is no longer asked for, of anybody who is writing it still; what was written stays.

    Of more than `AT_ONCE` a job carries it out; what had not been handed out yet is not. Raises PermissionDenied,
    LevelTooLow, AnswerRefused: no reason, withdrawn already.
    """
    permissions.TABLE.require(by, permissions.WITHDRAW, at, state=AnswerState.WRITING)
    decided = HandOut.objects.select_for_update(of=("self",)).get(pk=hand_out.pk)
    if not reason.strip():
        raise AnswerRefused(_("Write why."), code="no_reason")
    if decided.state in (HandOutState.WITHDRAWING, HandOutState.WITHDRAWN):
        raise AnswerRefused(_("It is withdrawn already."), code="withdrawn")
    decided.state, decided.withdrawn_because = HandOutState.WITHDRAWING, plain(reason)[:2000]
    decided.withdrawn_at, decided.withdrawn_by = at, by.key
    decided.save(update_fields=["state", "withdrawn_because", "withdrawn_at", "withdrawn_by"])
    record(action="forms.hand_out.withdrawn", on=decided, by=by, at=at, answers=_left(decided).count())
    if _left(decided).count() > AT_ONCE:
        name = f"{GO_ON}:{decided.pk}"
        jobs.queue("forms.go_on_handing_out", lane=jobs.BULK, only_one=name, hand_out=decided.pk)
        return decided
    while go_on(decided, number=AT_ONCE, at=at) is not None:
        pass
    return decided


def go_on(decided: HandOut, *, number: int, at: datetime) -> Lot | None:
    """The next lot of a locked handing-out that is being withdrawn; None when nothing is left."""
    locked = list(with_subject(_left(decided)).select_for_update(of=("self",)).order_by("pk")[:number])
    if not locked:
        decided.state = HandOutState.WITHDRAWN
        decided.save(update_fields=["state"])
        return None
    by = Person.objects.get(key=decided.withdrawn_by) if decided.withdrawn_by else SYSTEM
    for answer in locked:
        _withdraw(answer, decided, at)
    Answer.objects.bulk_update(locked, ["state", "withdrawn_because", "withdrawn_at", "withdrawn_by", "forget_on"])
    record_many(action="forms.answer.withdrawn", on=locked, by=by, at=at)
    _tell(locked, decided.withdrawn_because, at)
    return Lot()


def _left(decided: HandOut) -> Any:
    return Answer.objects.filter(hand_out=decided, state=AnswerState.WRITING)


def _withdraw(answer: Answer, decided: HandOut, at: datetime) -> None:
    answer.state, answer.withdrawn_because = AnswerState.WITHDRAWN, decided.withdrawn_because
    answer.withdrawn_at, answer.withdrawn_by = at, decided.withdrawn_by
    keep_months = body_of(answer.version).personal_data.keep_months
    answer.forget_on = months_after(timezone.localdate(at), keep_months) if keep_months else None


def _tell(answers: list[Answer], reason: str, at: datetime) -> None:
    rows = Participant.objects.filter(on_day(timezone.localdate(at)), answer__in=answers).select_related("person")
    people: dict[int, list[Person]] = {}
    for row in rows.order_by("pk"):
        people.setdefault(row.answer_id, []).append(row.person)
    tell_each("withdrawn", [(one, people.get(one.pk, []), {"reason": reason}) for one in answers], at=at)
