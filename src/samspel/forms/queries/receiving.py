"""Who gets a form that is handed out: picked by where and what they are, or named; and those there who are asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from samspel.forms.queries.people import Candidate, weighed
from samspel.forms.rules.definitions import Definition
from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
from samspel.kernel.values.sorting import search_key
from samspel.registry.models import Appointment, Organizer, OrganizerMember, SchoolUnit, University
from samspel.registry.queries.holdings import in_force
from samspel.schemes.models import Edition
from samspel.schemes.queries import rules_of

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


def picked(*, county: str = "", kind: str = "", edition: Edition | None = None) -> list[Organizer]:
    """The organizers of a county (with its seat or a part of its area there), of a type, and of a type that an edition
    is for: all that is said holds. Nothing said picks nobody. One query."""
    if not (county or kind or edition):
        return []
    found = Organizer.objects.filter(ended_on=None)
    if county:
        served = OrganizerMember.objects.filter(municipality__county=county).values("organizer")
        found = found.filter(Q(county=county) | Q(municipality__county=county) | Q(pk__in=served))
    if kind:
        found = found.filter(type=kind)
    if edition:
        found = found.filter(type__in=rules_of(edition).organizer_types)
    return list(found)


def named(lines: Sequence[str]) -> dict[str, list[Receiver]]:
    """Line to the organizers and universities that it names, or has the number of. Three queries however many lines."""
    numbers = {line: number for line in lines if (number := _number(line))}
    keys = {line: search_key(line[:220]) for line in lines if line not in numbers}
    by_number = Organizer.objects.filter(organization_number__in=numbers.values()).in_bulk(
        field_name="organization_number"
    )
    found: dict[str, list[Receiver]] = {line: [] for line in lines}
    for line, number in numbers.items():
        found[line] += [by_number[number]] if number in by_number else []
    by_key: dict[str, list[Receiver]] = {}
    for one in Organizer.objects.filter(search_key__in=keys.values(), ended_on=None):
        by_key.setdefault(one.search_key, []).append(one)
    for university in University.objects.all():
        by_key.setdefault(search_key(university.name), []).append(university)
    for line, key in keys.items():
        found[line] += by_key.get(key, [])
    return found


def _number(line: str) -> str:
    try:
        return parse_organization_number(line)
    except IdentifierRefused:
        return ""


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


def with_nobody(definition: Definition, receivers: Sequence[Any], at: datetime) -> list[Any]:
    """Those of the receivers where nobody has a task that the form is for, in their order. At most two queries."""
    found = homes(definition, receivers, at)
    if definition.subject == "school_unit":
        units = units_of(found)
        return [one for one in receivers if not units.get(one.pk)]
    return [one for one in receivers if not found[one].candidates()]
