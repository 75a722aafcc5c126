"""Who gets a form that is handed out: at many places in one query, and units that have somebody of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from samspel.forms.queries.people import Candidate, weighed
from samspel.forms.rules.definitions import Definition
from samspel.registry.models import Appointment, Organizer, SchoolUnit, University
from samspel.registry.queries.holdings import in_force

Receiver = Organizer | University


@dataclass(frozen=True)
class Home:
    """A place, with the appointments there that the form asks for."""

    definition: Definition
    held: list[Appointment]

    def candidates(self, unit: SchoolUnit | None = None) -> list[Candidate]:
        """Those who are asked; of a unit its own people, and those whose task is the whole organizer's."""
        wanted = (one for one in self.held if unit is None or one.school_unit_id in (None, unit.pk))
        return weighed(self.definition, wanted)


def homes(definition: Definition, receivers: Iterable[Any], at: datetime) -> dict[Any, Home]:
    """Receiver to those there whom the form asks; one query however many."""
    by_place = {("university" if isinstance(one, University) else "organizer", one.pk): one for one in receivers}
    found = {one: Home(definition, []) for one in by_place.values()}
    organizers = [pk for kind, pk in by_place if kind == "organizer"]
    universities = [pk for kind, pk in by_place if kind == "university"]
    here = Q(organizer__in=organizers) | Q(university__in=universities)
    wanted = {*definition.writers, *definition.submitters}
    rows = Appointment.objects.filter(here, in_force(timezone.localdate(at)), role__in=wanted, person__is_active=True)
    for one in rows.select_related("person").order_by("from_on", "pk"):
        place = ("organizer", one.organizer_id) if one.organizer_id else ("university", one.university_id)
        found[by_place[place]].held.append(one)
    return found


def units_of(found: dict[Any, Home]) -> dict[int, list[SchoolUnit]]:
    """Organizer's primary key to the units in use where somebody has her task. One query."""
    wanted = {one.school_unit_id for home in found.values() for one in home.held if one.school_unit_id}
    rows = SchoolUnit.objects.filter(pk__in=wanted, ended_on=None).select_related("municipality__county", "organizer")
    units: dict[int, list[SchoolUnit]] = {}
    for unit in rows.order_by("sort_key", "pk"):
        units.setdefault(unit.organizer_id, []).append(unit)
    return units
