"""Those who take part in an answer, and those at its place who could."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.queries.people import names_of
from samspel.forms import permissions
from samspel.forms.models import Answer, Participant, ParticipantDeed
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.definitions import Definition
from samspel.kernel.permissions import AGENCY, names_of_roles
from samspel.registry.models import Appointment, Role
from samspel.registry.queries.holdings import at_place, in_force

# In the order that they are told: who answers for it first.
ORDER = (ParticipantDeed.SUBMIT, ParticipantDeed.WRITE, ParticipantDeed.COMMENT, ParticipantDeed.READ)


def on_day(day: date, prefix: str = "") -> Q:
    """Rows of participants in force on a day; `prefix` for a lookup through a relation."""
    begun = Q(**{f"{prefix}from_on__lte": day})
    return begun & (Q(**{f"{prefix}to_on": None}) | Q(**{f"{prefix}to_on__gte": day}))


def in_force_of(answer: Answer, at: datetime) -> QuerySet[Participant]:
    """Those who take part now, with their people."""
    found = Participant.objects.filter(on_day(timezone.localdate(at)), answer=answer)
    return found.select_related("person").order_by("pk")


def writers_of(answer: Answer, at: datetime) -> list[Person]:
    """Those who write now, each once: whom a section can be given to."""
    rows = in_force_of(answer, at).filter(deed__in=(ParticipantDeed.WRITE, ParticipantDeed.SUBMIT))
    return list({row.person_id: row.person for row in rows}.values())


@dataclass(frozen=True)
class TakesPart:
    """A row as told: who, by which deed, as what, until when, and whether it still holds."""

    row: Participant
    name: str
    deed: Any
    role: Any
    is_over: bool
    is_ahead: bool


def told(answer: Answer, at: datetime, *, seen_by: Any) -> list[TakesPart]:
    """Everybody who takes part, has done so or will: who submits first. Two queries."""
    day = timezone.localdate(at)
    rows = list(answer.participants.select_related("person").order_by("pk"))
    names = names_of([row.person.key for row in rows], seen_by=seen_by)
    roles = names_of_roles()
    found = [
        TakesPart(
            row=row,
            name=names.get(row.person.key, ""),
            deed=row.get_deed_display(),
            role=roles.get(row.role, ""),
            is_over=row.to_on is not None and row.to_on < day,
            is_ahead=row.from_on > day,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.is_over, ORDER.index(ParticipantDeed(one.row.deed))))


@dataclass(frozen=True)
class Candidate:
    """Somebody who could take part: what she would do, and as what."""

    person: Person
    deed: str
    role: str


def at_home(definition: Definition, place: Any, at: datetime, *, school_unit: Any = None) -> list[Candidate]:
    """Those at a place whom the definition asks to write and to submit, each once, by her weightiest deed.

    Of a school unit: its own principal, and those whose task is the whole organizer's. One query.
    """
    wanted = {*definition.writers, *definition.submitters}
    if place is AGENCY or not wanted:
        return []
    held = at_place(place).filter(in_force(timezone.localdate(at)), role__in=wanted, person__is_active=True)
    if school_unit is not None:
        held = held.filter(Q(school_unit=school_unit) | Q(school_unit=None))
    return weighed(definition, held.select_related("person").order_by("from_on", "pk"))


def weighed(definition: Definition, held: Iterable[Any]) -> list[Candidate]:
    """Those of appointments, oldest first, each once, by her weightiest deed."""
    found: dict[int, Candidate] = {}
    for one in held:
        deed = ParticipantDeed.SUBMIT if one.role in definition.submitters else ParticipantDeed.WRITE
        if one.person_id not in found or deed == ParticipantDeed.SUBMIT:
            found[one.person_id] = Candidate(one.person, deed, one.role)
    return list(found.values())


def colleagues(answer: Answer, at: datetime) -> list[Candidate]:
    """Whom somebody can bring in: all with a task at the answer's place, and the agency's process supporters; each as
    what the form asks for, if she is that.

    One query; people with protected identity are found by those who know their address, not in a list.
    """
    day = timezone.localdate(at)
    supporters = Q(role=Role.PROCESS_SUPPORTER, organizer=None, university=None)
    here = _here(answer)
    held = Appointment.objects.filter(supporters | here if here is not None else supporters).filter(in_force(day))
    rows = held.filter(person__is_active=True, person__is_protected=False).select_related("person")
    asked = {*body_of(answer.version).writers, *body_of(answer.version).submitters}
    found: dict[int, Candidate] = {}
    for one in rows.order_by("person__sort_key", "person_id", "pk"):
        deed = ParticipantDeed.COMMENT if one.role == Role.PROCESS_SUPPORTER else ParticipantDeed.WRITE
        if one.person_id not in found or (one.role in asked and found[one.person_id].role not in asked):
            found[one.person_id] = Candidate(one.person, deed, one.role)
    return list(found.values())


def _here(answer: Answer) -> Q | None:
    place = permissions.place_of(answer)
    if place is AGENCY:
        return None
    kind, pk = place
    return Q(**{f"{kind}_id": pk})


def names_in(keys: Iterable[Any], seen_by: Any = None) -> dict[Any, str]:
    """Person key to the name that the reader may see."""
    return names_of(keys, seen_by=seen_by)
