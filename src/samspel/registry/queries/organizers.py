"""Organizers: by number, with their area and units. All of it is public."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet, Sum

from samspel.kernel.handed_down import HandedDown
from samspel.registry.models import Organizer, OrganizerMember, OrganizerType, SchoolUnit, UnitStatus


@dataclass(frozen=True)
class Panel:
    """What a higher app shows on an organizer's page: a section with a heading, a template and what it needs."""

    id: str
    title: Any
    template: str
    context: dict[str, Any] = field(default_factory=dict)


PanelProvider = Callable[[Any, Organizer], Panel | None]
"""Takes the request and the organizer; None when there is nothing to show this reader."""

organizer_panels: HandedDown[PanelProvider] = HandedDown()


def with_area() -> QuerySet[Organizer]:
    """Organizers with county, seat and the municipalities they serve."""
    members = OrganizerMember.objects.select_related("municipality").order_by("municipality__sort_key")
    return Organizer.objects.select_related("county", "municipality").prefetch_related(
        Prefetch("memberships", queryset=members)
    )


def organizers_by_number(numbers: Iterable[str]) -> dict[str, Organizer]:
    """Organization number (ten digits) to organizer, with county and area, in two queries."""
    return {one.organization_number: one for one in with_area().filter(organization_number__in=list(numbers))}


def own_municipality(organizer: Organizer) -> str | None:
    """The municipality whose *Kommunal* figures are this organizer's; None for all but municipal organizers.

    The organizer must have been read by `with_area`.
    """
    members = list(organizer.memberships.all())
    is_municipal = organizer.type == OrganizerType.MUNICIPALITY and not organizer.is_invented
    return members[0].municipality_id if is_municipal and len(members) == 1 else None


def units_of(organizer: Organizer) -> QuerySet[SchoolUnit]:
    """Its units, those in use first by name, with forms and pupils."""
    units = SchoolUnit.objects.filter(organizer=organizer).select_related("municipality").prefetch_related("forms")
    return units.annotate(pupils=Sum("forms__pupils"))


def units_in_use(organizer: Organizer) -> QuerySet[SchoolUnit]:
    """Its units that are not ended."""
    return units_of(organizer).exclude(status=UnitStatus.ENDED)


def responsible_in(municipality_code: str) -> QuerySet[Organizer]:
    """Organizers whose area the municipality belongs to, public bodies first."""
    return Organizer.objects.filter(memberships__municipality_id=municipality_code, ended_on__isnull=True)


def with_units_in(municipality_code: str) -> QuerySet[Organizer]:
    """Other organizers that have a unit in use in the municipality."""
    units = SchoolUnit.objects.filter(municipality_id=municipality_code).exclude(status=UnitStatus.ENDED)
    return (
        Organizer.objects.filter(pk__in=units.values("organizer"), ended_on__isnull=True)
        .exclude(memberships__municipality_id=municipality_code)
        .distinct()
    )
