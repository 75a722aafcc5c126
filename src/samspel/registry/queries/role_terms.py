"""Everybody's appointments from first to last, as accounts asks for them: rows to count on, and terms to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries.role_rows import RoleTerm, StandingIn
from samspel.registry.models import Appointment, StandIn
from samspel.registry.queries.appointments import place_of
from samspel.registry.queries.holdings import in_force


def appointment_rows() -> QuerySet[Any]:
    """Every appointment: `person`, `from_on`, `to_on`."""
    return Appointment.objects.all()


def stand_in_rows() -> QuerySet[Any]:
    """Everybody who stands in for another, unless it was called off: `person`, `from_on`, `to_on`."""
    return StandIn.objects.filter(ended_at__isnull=True).annotate(person=F("deputy"))


def terms(person: Person, at: datetime) -> Iterator[RoleTerm]:
    """Her own appointments whenever, and those she stands in for, in a fixed number of queries."""
    places = ("organizer", "school_unit", "university")
    own = Appointment.objects.filter(person=person).select_related(*places).prefetch_related("stand_ins__deputy")
    for one in own:
        yield RoleTerm(
            role=one.get_role_display(),
            where=_where(one),
            from_on=one.from_on,
            to_on=one.to_on,
            given_by=one.appointed_by,
            stand_ins=tuple(
                StandingIn(stand.deputy.key, stand.from_on, stand.to_on)
                for stand in one.stand_ins.all()
                if stand.ended_at is None
            ),
        )
    yield from _stood_in_for(person)


def manages(person: Person, at: datetime) -> str | None:
    """Why she is held: somebody's appointment names her as manager."""
    on = timezone.localdate(at)
    goes_on = Q(to_on__isnull=True) | Q(to_on__gte=on)
    if Appointment.objects.filter(goes_on, manager=person).exists():
        return _("She is named as manager in an appointment that goes on.")
    return None


def _where(one: Appointment) -> str:
    return f"{one.school_unit.name}, {place_of(one)}" if one.school_unit else place_of(one)


def _stood_in_for(person: Person) -> Iterator[RoleTerm]:
    places = ("appointment__organizer", "appointment__school_unit", "appointment__university", "appointment__person")
    for stand in StandIn.objects.filter(deputy=person, ended_at__isnull=True).select_related(*places):
        yield RoleTerm(
            role=stand.appointment.get_role_display(),
            where=_where(stand.appointment),
            from_on=stand.from_on,
            to_on=stand.to_on,
            given_by=stand.set_by,
            instead_of=stand.appointment.person.key,
        )


def words(people: list[int], day: date) -> dict[int, list[str]]:
    """Person pk to her appointments on a day in words. One query."""
    held = Appointment.objects.filter(in_force(day), person__in=people).select_related("organizer", "university")
    found: dict[int, list[str]] = {}
    for one in held.order_by("from_on", "id"):
        found.setdefault(one.person_id, []).append(f"{one.get_role_display()}, {place_of(one)}")
    return found


def at_places() -> Iterator[tuple[int, Any]]:
    """Everybody's (person pk, place), whenever it was. One query."""
    rows = Appointment.objects.values_list("person", "organizer", "university").distinct()
    for person, organizer, university in rows:
        yield person, (organizer, university)
