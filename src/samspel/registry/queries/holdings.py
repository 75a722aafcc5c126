"""What a person holds on a day, stand-ins included: handed down to the kernel, where every app's table asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from samspel.kernel.permissions import AGENCY, Holding, Place
from samspel.registry.models import Appointment, StandIn

ORGANIZER = "organizer"
UNIVERSITY = "university"


def organizer_place(organizer_id: int) -> Place:
    """An organizer, as the place of a role."""
    return (ORGANIZER, organizer_id)


def university_place(university_id: int) -> Place:
    """A university, as the place of a role."""
    return (UNIVERSITY, university_id)


def place_of(appointment: Any) -> Place:
    """Where an appointment (or anything with organizer and university) is."""
    if appointment.organizer_id:
        return organizer_place(appointment.organizer_id)
    return university_place(appointment.university_id) if appointment.university_id else AGENCY


def at_place(place: Place) -> QuerySet[Appointment]:
    """Every appointment of a place: now, coming and over."""
    if place is AGENCY:
        return Appointment.objects.filter(organizer=None, university=None)
    kind, pk = place
    return Appointment.objects.filter(**{f"{kind}_id": pk})


def in_force(on: date, prefix: str = "") -> Q:
    """Appointments that hold on a day; `prefix` for a lookup through a relation."""
    begun = Q(**{f"{prefix}from_on__lte": on})
    return begun & (Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gte": on}))


def holdings(person: Any, at: datetime) -> Iterator[Holding]:
    """Her own roles and those of the people she stands in for, in the order they began. One query."""
    on = timezone.localdate(at)
    standing = StandIn.objects.filter(in_force(on), deputy=person, ended_at__isnull=True)
    hers = Q(person=person) | Q(pk__in=standing.values("appointment"))
    held = Appointment.objects.filter(in_force(on) & hers).select_related("person").order_by("from_on", "id")
    for one in held:
        yield Holding(one.role, place_of(one), instead_of=None if one.person_id == person.pk else one.person.key)
