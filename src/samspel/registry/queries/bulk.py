"""What a list of people means here: whose organization a row names, who is known, who may be somebody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Right
from django.utils import timezone

from samspel.accounts import permissions as accounts_permissions
from samspel.accounts.models import Person
from samspel.accounts.queries.people import standing_for
from samspel.kernel.permissions import Place, places_of
from samspel.kernel.values.sorting import search_key
from samspel.registry import permissions
from samspel.registry.models import (
    Appointment,
    Organizer,
    PeopleBatch,
    PeopleBatchState,
    Role,
    SchoolUnit,
    University,
)
from samspel.registry.queries.holdings import ORGANIZER, UNIVERSITY, organizer_place, university_place
from samspel.registry.rules import duplicates, people_rows
from samspel.registry.rules.appointments import Span, Terms, obstacles
from samspel.registry.rules.duplicates import Crowd, Known, Match
from samspel.registry.rules.people_rows import PersonRow, RowFault

NEW: Final = "new"
KNOWN: Final = "known"
HELD: Final = "held"
TWIN: Final = "twin"
CLOSED: Final = "closed"
"""What becomes of a row: a new person, a known one, nothing (she has it), a question, or a fault found late."""


@dataclass(frozen=True)
class Where:
    """The organization and unit of a row; `key` is the organization's in comparisons."""

    organizer: Organizer | None = None
    university: University | None = None
    unit: SchoolUnit | None = None

    @property
    def place(self) -> Place:
        """As the place of a role."""
        if self.organizer:
            return organizer_place(self.organizer.pk)
        return university_place(self.university.pk) if self.university else None

    @property
    def key(self) -> str:
        """As ORGANIZER:17."""
        return (
            f"{ORGANIZER}:{self.organizer.pk}"
            if self.organizer
            else f"{UNIVERSITY}:{getattr(self.university, 'pk', '')}"
        )

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.unit or self.organizer or self.university or "")


@dataclass(frozen=True)
class Verdict:
    """A row, where it is, what becomes of it, who may be the same, and what was chosen."""

    row: PersonRow
    where: Where
    outcome: str
    from_on: date
    person: Person | None = None
    matches: tuple[Match, ...] = ()
    choice: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to choose, and has not."""
        return self.outcome == TWIN and not self.choice


def may_add(person: Any, at: datetime) -> bool:
    """Whether she may add people in bulk anywhere at all."""
    return may_add_anywhere(person, at) or bool(places_to_add(person, at))


def may_add_anywhere(person: Any, at: datetime) -> bool:
    """Officers and administrators of the agency."""
    return permissions.TABLE.allows(person, permissions.ADD_PEOPLE_ANYWHERE, at)


def places_to_add(person: Any, at: datetime) -> list[Place]:
    """The organizations that a person administers."""
    return [place for place in places_of(person, at, Role.ADMINISTRATOR) if place]


def may_merge(person: Any, at: datetime) -> bool:
    """Whether she may make two people one."""
    return accounts_permissions.TABLE.allows(person, accounts_permissions.MERGE, at)


def visible_to(person: Any, at: datetime) -> QuerySet[PeopleBatch]:
    """Her own lists whose time is not over: what others pasted is nobody else's."""
    return PeopleBatch.objects.filter(proposed_by=person.key, expires_at__gt=at).select_related(
        "organizer", "university"
    )


def located(rows: Iterable[PersonRow], bound: Where, on: date) -> tuple[dict[int, Where], list[RowFault]]:
    """Row number to where it is, in three queries; and what names nothing, or another's organization."""
    rows = list(rows)
    named = _Named(rows)
    found: dict[int, Where] = {}
    faults: list[RowFault] = []
    for row in rows:
        where, code = named.where(row, bound)
        if not code:
            code = _obstacle(row, where, on)
        if code:
            column = people_rows.UNIT if "unit" in code else people_rows.PLACE
            faults.append(
                RowFault(row.number, _COLUMN.get(code, column), code, row.unit if "unit" in code else row.place)
            )
        found[row.number] = where
    return found, faults


_COLUMN = {
    "role_not_held_here": people_rows.ROLE,
    "days_out_of_reach": people_rows.FROM,
    "ends_before_it_begins": people_rows.TO,
}


def _obstacle(row: PersonRow, where: Where, on: date) -> str:
    terms = Terms(
        role=row.role,
        where=ORGANIZER if where.organizer else UNIVERSITY,
        span=Span(row.from_on or on, row.to_on),
        has_unit=where.unit is not None,
        is_unit_of_organizer=where.unit is None or where.unit.organizer_id == getattr(where.organizer, "pk", None),
    )
    return next(iter(obstacles(terms)), "")


class _Named:
    """What the rows name, looked up once."""

    def __init__(self, rows: list[PersonRow]) -> None:
        places = {row.place for row in rows if row.place}
        numbers = {place for place in places if place.isdigit()}
        self.organizers = {
            one.organization_number: one
            for one in Organizer.objects.filter(organization_number__in=numbers, ended_on__isnull=True)
        }
        self.universities: dict[str, University] = {}
        if places - numbers:
            for one in University.objects.all():
                self.universities[search_key(one.name)] = self.universities[search_key(one.slug)] = one
        codes = {row.unit for row in rows if row.unit}
        units = SchoolUnit.objects.filter(code__in=codes, ended_on__isnull=True).select_related("organizer")
        self.units = {unit.code: unit for unit in units}

    def where(self, row: PersonRow, bound: Where) -> tuple[Where, str]:
        """Where a row is, and the code of what is wrong with that."""
        unit = self.units.get(row.unit)
        if row.unit and unit is None:
            return Where(), "unknown_unit"
        organizer, university = self.organizers.get(row.place), self.universities.get(search_key(row.place))
        if row.place and not organizer and not university:
            return Where(), "unknown_place"
        if not row.place:
            organizer, university = bound.organizer, bound.university
            if not organizer and not university:
                # A unit's code tells whose it is.
                organizer = unit.organizer if unit else None
        if not organizer and not university:
            return Where(), "empty"
        where = Where(organizer, university, unit)
        is_bound = bound.organizer or bound.university
        return where, "not_yours" if is_bound and where.key != bound.key else ""


@dataclass
class Reading:
    """A list as it stands now: who is known, and a verdict for every row. Costs the same queries for any number."""

    batch: PeopleBatch
    at: datetime
    is_everywhere: bool
    faults: list[RowFault] = field(default_factory=list)

    @cached_property
    def rows(self) -> list[PersonRow]:
        """The rows as they were read."""
        return people_rows.from_stored(self.batch.rows)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """One for each row, in order."""
        on = timezone.localdate(self.at)
        places, self.faults = located(self.rows, bound_of(self.batch), on)
        known, crowd = self._known(), self._crowd(places)
        held = self._held(known)
        met: dict[str, Verdict] = {}
        found = []
        for row in self.rows:
            where, begins = places[row.number], row.from_on or on
            one = Verdict(row, where, NEW, begins, known.get(row.email))
            found.append(self._judged(one, crowd, held, met))
            _remember(row, begins, where, held)
        return found

    def _judged(self, one: Verdict, crowd: Crowd, held: dict[Any, list[Span]], met: dict[str, Verdict]) -> Verdict:
        row, person = one.row, one.person
        is_held = any(Span(one.from_on, row.to_on).meets(span) for span in held[_task(row, one.where)])
        if person is not None and not person.is_active:
            return replace(one, outcome=CLOSED)
        if is_held:
            return replace(one, outcome=HELD)
        first = met.get(row.email)
        if first is None:
            me = Known(f"row-{row.number}", row.email, row.name, row.phone, frozenset({one.where.key}))
            own = str(person.key) if person else ""
            matches = tuple(match for match in crowd.matches(me) if match.known.key != own)
            outcome = TWIN if matches else KNOWN if person else NEW
            choice = str(self.batch.choices.get(str(row.number), "")) if matches else ""
            one = replace(one, outcome=outcome, matches=matches, choice=choice)
            met[row.email] = one
            if person is None or not person.is_protected:
                crowd.add(replace(me, key=own or me.key))
            return one
        return replace(one, outcome=KNOWN if person or first.outcome != NEW else NEW)

    def _known(self) -> dict[str, Person]:
        return {one.email: standing_for(one) for one in known_people(self.rows).select_related("merged_into")}

    def _held(self, known: Mapping[str, Person]) -> dict[Any, list[Span]]:
        held: dict[Any, list[Span]] = defaultdict(list)
        mails: dict[int, list[str]] = defaultdict(list)
        for email, person in known.items():
            mails[person.pk].append(email)
        for one in Appointment.objects.filter(person__in=mails.keys()):
            for email in mails[one.person_id]:
                key = (email, one.role, one.organizer_id, one.university_id, one.school_unit_id)
                held[key].append(Span(one.from_on, one.to_on))
        return held

    def _crowd(self, places: Mapping[int, Where]) -> Crowd:
        """People of the organizations named; for the agency also people anywhere with a telephone of the list."""
        organizers = {where.organizer.pk for where in places.values() if where.organizer}
        universities = {where.university.pk for where in places.values() if where.university}
        here = Q(organizer__in=organizers) | Q(university__in=universities)
        at_places: dict[int, set[str]] = defaultdict(set)
        for one in Appointment.objects.filter(here).values_list("person", "organizer", "university"):
            at_places[one[0]].add(f"{ORGANIZER}:{one[1]}" if one[1] else f"{UNIVERSITY}:{one[2]}")
        people = Person.objects.filter(is_active=True, is_protected=False, merged_into=None)
        who = Q(pk__in=at_places.keys())
        if self.is_everywhere and (phones := {duplicates.phone_key(row.phone)[-7:] for row in self.rows} - {""}):
            people = people.annotate(digits=_last_digits())
            who |= Q(digits__in=phones)
        return Crowd(
            Known(str(one.key), one.email, one.name, one.phone, frozenset(at_places[one.pk]))
            for one in people.filter(who)
        )


def _last_digits() -> Right:
    digits = Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    return Right(digits, 7)


def _task(row: PersonRow, where: Where) -> tuple[Any, ...]:
    pk = [getattr(thing, "pk", None) for thing in (where.organizer, where.university, where.unit)]
    return (row.email, row.role, *pk)


def _remember(row: PersonRow, begins: date, where: Where, held: dict[Any, list[Span]]) -> None:
    """The same task further down the list is held already."""
    held[_task(row, where)].append(Span(begins, row.to_on))


def known_people(rows: Iterable[PersonRow]) -> QuerySet[Person]:
    """Those whose address stands in a list."""
    return Person.objects.filter(email__in={row.email for row in rows})


def span_of(verdict: Verdict) -> Span:
    """The days of a row."""
    return Span(verdict.from_on, verdict.row.to_on)


def bound_of(batch: PeopleBatch) -> Where:
    """The organization that a list is bound to."""
    return Where(batch.organizer, batch.university)


def reading_of(batch: PeopleBatch, by: Any, at: datetime) -> Reading:
    """A list as it stands now, for the one who handed it in."""
    return Reading(batch, at, may_add_anywhere(by, at))


def choices_for(match: Match, verdict: Verdict, *, is_merger: bool) -> list[str]:
    """What can be chosen of a match: without the right to merge, only that she is somebody who is known here."""
    has_own_row = verdict.person is not None
    kept = f"{duplicates.KEEP}:{match.known.key}"
    taken = f"{duplicates.TAKE}:{match.known.key}"
    if is_merger:
        return [kept, taken]
    return [] if has_own_row else [kept]


def is_open_choice(text: str, verdict: Verdict, *, is_merger: bool) -> bool:
    """Whether a choice is one of those that stand open for a row."""
    parsed = duplicates.parse_choice(text)
    if parsed is None:
        return False
    if parsed[0] in (duplicates.ANOTHER, duplicates.SKIP):
        return True
    return any(text in choices_for(match, verdict, is_merger=is_merger) for match in verdict.matches)


def waiting(person: Person, at: datetime) -> QuerySet[PeopleBatch]:
    """Her own lists that are not carried out."""
    return visible_to(person, at).filter(state=PeopleBatchState.PROPOSED)
