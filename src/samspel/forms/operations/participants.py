"""Who takes part in an answer: rows that say who writes, comments, submits or reads, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState, Participant, ParticipantDeed, SectionMark
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.taking import take
from samspel.forms.operations.telling import tell
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.people import writers_of
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.permissions import AGENCY, holdings_of, holds
from samspel.registry.models import Role


@dataclass(frozen=True)
class Taking:
    """Somebody's part in an answer to come: who, by which deed, from and to which day, as what, and by what."""

    person: Person
    deed: str
    from_on: date
    to_on: date | None = None
    role: str = ""
    source: str = ""


@transaction.atomic
def add(
    *,
    answer: Answer,
    person: Person,
    deed: str,
    from_on: date,
    to_on: date | None = None,
    role: str = "",
    source: str = "",
    is_told: bool = True,
    by: Any,
    at: datetime,
) -> Participant:
    """Let somebody take part, and tell her. What she has already, for all those days, is given back as it is.

    Who writes brings in others who write, comment or read; who submits, those who hand forms out, and they who answer
    for the organization's people, also others who submit. Raises PermissionDenied, AnswerRefused: days that end before
    they begin, a closed account, a process supporter who would write, oneself, not open.
    """
    way = _adding_deed(by, answer, at)
    answer = take(way, answer, by=by, at=at)
    permissions.require(deed != ParticipantDeed.SUBMIT or may_let_submit(by, answer, at))
    taking = Taking(person, deed, from_on, to_on, role, source)
    if obstacle := _obstacle(taking) or _does_not_write(answer, taking, at) or _lets_in(way, answer, taking, by, at):
        raise obstacle
    if (same := _same(answer, taking)) is not None:
        return same
    made = write_rows(answer, [taking], by=by, at=at)[0]
    if is_told and person != by:
        # The day is for what is being written.
        due_on = answer.due_on if answer.state == AnswerState.WRITING else None
        tell("brought_in", answer, [person], at=at, deed=deed, due_on=due_on)
    return made


@transaction.atomic
def end(*, participant: Participant, to_on: date, by: Any, at: datetime) -> Participant:
    """Say somebody's last day; one that had not begun is taken away whole.

    Raises PermissionDenied, AnswerRefused: the last who could submit, a day gone by.
    """
    answer = take(_adding_deed(by, participant.answer, at), participant.answer, by=by, at=at)
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    permissions.require(participant.deed != ParticipantDeed.SUBMIT or may_let_submit(by, answer, at))
    if participant.deed == ParticipantDeed.SUBMIT and not _others_submit(participant, to_on):
        raise AnswerRefused(_("Somebody must be able to submit. Let another one submit first."), code="last_submitter")
    facts = {"participant": participant.pk, "deed": participant.deed, "to_on": to_on}
    record(action="forms.participant.ended", on=answer, by=by, at=at, **facts)
    if to_on < participant.from_on:
        participant.delete()
    else:
        participant.to_on = to_on
        participant.save(update_fields=["to_on"])
    if participant.person not in writers_of(answer, at):
        # Her sections are nobody's, so that what waits there waits for the others.
        SectionMark.objects.filter(answer=answer, given_to=participant.person_id).update(given_to=None)
    return participant


def write_rows(answer: Answer, takings: Iterable[Taking], *, by: Any, at: datetime) -> list[Participant]:
    """The rows of those who take part, for an operation that has asked. Leaves a trace of each."""
    permissions.require(answer.pk is not None)
    rows = [
        Participant(
            answer=answer,
            person=each.person,
            deed=each.deed,
            from_on=each.from_on,
            to_on=each.to_on,
            role=each.role,
            source=each.source,
            added_at=at,
            added_by=by.key,
        )
        for each in takings
    ]
    made = Participant.objects.bulk_create(rows)
    for one in made:
        facts = {"person": one.person.key, "deed": one.deed, "from_on": one.from_on, "to_on": one.to_on}
        record(action="forms.participant.added", on=answer, by=by, at=at, **facts)
    return made


def _adding_deed(by: Any, answer: Answer, at: datetime) -> str:
    """Those who hand out forms say who takes part in any, those who write in theirs, and they who answer for the
    organization's people in what belongs to it."""
    if permissions.TABLE.allows(by, permissions.HAND_OUT, at):
        return permissions.HAND_OUT
    shares = permissions.may(by, permissions.SHARE_OUT, answer, at)
    return permissions.BRING_IN if not shares and may_bring_in(by, answer, at) else permissions.SHARE_OUT


def may_bring_in(by: Any, answer: Answer, at: datetime) -> bool:
    """Whether she says who takes part without taking part herself: at the agency, or at the organization."""
    hands_out = permissions.TABLE.allows(by, permissions.HAND_OUT, at)
    return hands_out or permissions.may(by, permissions.BRING_IN, answer, at)


def may_let_submit(by: Any, answer: Answer, at: datetime) -> bool:
    """Whether she may let somebody submit, and end the part of who does."""
    return may_bring_in(by, answer, at) or permissions.SUBMITTER in permissions.roles_in(by, answer, at)


def _lets_in(way: str, answer: Answer, taking: Taking, by: Any, at: datetime) -> AnswerRefused | None:
    """Who takes no part lets nobody in who would then read what she may not: herself, or the agency's people into what
    is the organization's own alone."""
    if way == permissions.SHARE_OUT or by is SYSTEM or answer.is_test:
        return None
    if taking.person == by:
        return AnswerRefused(_("Nobody brings in herself. Ask somebody else who may."), code="herself")
    is_agencys = any(held.place is AGENCY for held in holdings_of(taking.person, at))
    if way == permissions.HAND_OUT and is_agencys and permissions.is_private(answer):
        sentence = _("The form is the organization's own. Those who write in it bring in people of the agency.")
        return AnswerRefused(sentence, code="own_alone")
    return None


def _obstacle(taking: Taking) -> AnswerRefused | None:
    if taking.deed not in ParticipantDeed.values:
        return AnswerRefused(_("Choose what she is to do."), code="no_deed")
    if not taking.person.is_active:
        return AnswerRefused(_("The account is closed."), code="closed_account")
    if taking.to_on is not None and taking.to_on < taking.from_on:
        return AnswerRefused(_("The last day comes before the first."), code="days")
    return None


def _does_not_write(answer: Answer, taking: Taking, at: datetime) -> AnswerRefused | None:
    """A process supporter stands beside those who write, unless the form is one for process supporters."""
    body = body_of(answer.version)
    supports = holds(taking.person, at, Role.PROCESS_SUPPORTER)
    if not supports or answer.is_test or Role.PROCESS_SUPPORTER in (*body.writers, *body.submitters):
        return None
    if taking.deed not in (ParticipantDeed.WRITE, ParticipantDeed.SUBMIT):
        return None
    return AnswerRefused(_("A process supporter reads and comments, and does not write."), code="supporter")


def _same(answer: Answer, taking: Taking) -> Participant | None:
    """A row that says the same, and lasts as long."""
    rows = Participant.objects.filter(answer=answer, person=taking.person, deed=taking.deed)
    for row in rows.filter(from_on__lte=taking.from_on):
        if row.to_on is None or (taking.to_on is not None and row.to_on >= taking.to_on):
            return row
        if row.from_on == taking.from_on:
            row.to_on = taking.to_on
            row.save(update_fields=["to_on"])
            return row
    return None


def _others_submit(participant: Participant, after: date) -> bool:
    """Whether somebody else can submit from the day after: one whose account is open."""
    others = Participant.objects.filter(
        answer=participant.answer_id, deed=ParticipantDeed.SUBMIT, person__is_active=True
    )
    return others.exclude(pk=participant.pk).exclude(to_on__lte=after).exists()
