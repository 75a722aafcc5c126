"""Add what the demo makes up: organizers, school units and universities that do not exist, and say so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspel.kernel.audit import record
from samspel.kernel.values.identifiers import parse_organization_number
from samspel.kernel.values.sorting import search_key, sort_key
from samspel.registry import permissions
from samspel.registry.models import County, Organizer, SchoolUnit, SchoolUnitForm, University

SOURCE = "Påhittad för demon"


@transaction.atomic
def add_organizer(
    *,
    organization_number: str,
    name: str,
    type: str,
    county_code: str,
    units: list[tuple[str, str]],
    by: Any,
    at: datetime,
) -> Organizer:
    """An invented organizer with units (code, name). PermissionDenied outside a demo and for all but the system."""
    permissions.require(permissions.may_invent(by))
    today = timezone.localdate(at)
    organizer = Organizer.objects.create(
        organization_number=parse_organization_number(organization_number),
        name=name,
        sort_key=sort_key(name),
        search_key=search_key(name),
        type=type,
        county=County.objects.get(pk=county_code),
        is_invented=True,
        source=SOURCE,
        as_of=today,
    )
    for code, unit_name in units:
        unit = SchoolUnit.objects.create(
            code=code,
            name=unit_name,
            sort_key=sort_key(unit_name),
            search_key=search_key(unit_name),
            organizer=organizer,
            as_of=today,
        )
        SchoolUnitForm.objects.create(unit=unit, form="GY" if "gymnasi" in unit_name.lower() else "GR")
    record(action="registry.organizer.invented", on=organizer, by=by, at=at, units=len(units))
    return organizer


@transaction.atomic
def add_university(*, slug: str, name: str, organization_number: str, by: Any, at: datetime) -> University:
    """An invented university, once. PermissionDenied outside a demo home, or for anybody but the system."""
    permissions.require(permissions.may_invent(by))
    university, is_new = University.objects.get_or_create(
        slug=slug,
        defaults={
            "name": name,
            "sort_key": sort_key(name),
            "organization_number": parse_organization_number(organization_number),
        },
    )
    if is_new:
        record(action="registry.university.invented", on=university, by=by, at=at)
    return university
