"""Who stands in for whom, now and to come: for pages, Att göra and a person's own roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.queries import Absence
from samspel.kernel.permissions import Holding
from samspel.registry.models import Appointment, StandIn
from samspel.registry.queries.holdings import at_place, in_force, place_of


def standing_on(on: date) -> QuerySet[StandIn]:
    """The deputies of a day, with person, task and place."""
    related = ("deputy", "appointment__person", "appointment__organizer", "appointment__university")
    return StandIn.objects.filter(in_force(on), ended_at=None).select_related(*related)


def deputies_of(appointments: Iterable[Appointment], on: date) -> dict[int, list[StandIn]]:
    """Appointment to its deputies now and to come, by first day, in one query."""
    found: dict[int, list[StandIn]] = {}
    rows = StandIn.objects.filter(appointment__in=[one.pk for one in appointments], ended_at=None, to_on__gte=on)
    for row in rows.select_related("deputy").order_by("from_on", "id"):
        found.setdefault(row.appointment_id, []).append(row)
    return found


def absences(person: Person, at: datetime) -> Iterator[Absence]:
    """The roles of hers that a deputy does today. One query."""
    for row in standing_on(timezone.localdate(at)).filter(appointment__person_id=person.pk):
        yield Absence(Holding(row.appointment.role, place_of(row.appointment)), row.deputy.shown_name)


def could_stand_in(appointment: Appointment, on: date) -> QuerySet[Person]:
    """Active people with a task at the same organization, now or to come, the absent herself left out."""
    there = at_place(place_of(appointment)).exclude(to_on__lt=on)
    people = Person.objects.filter(is_active=True, pk__in=there.values("person"))
    return people.exclude(pk=appointment.person_id).order_by("sort_key", "pk")
