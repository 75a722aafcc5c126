"""Where somebody belongs who comes by her organization's own login: handed down to accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from samspel.accounts.queries.federations import OrganizationOfLogin
from samspel.kernel.permissions import Place
from samspel.registry.models import Organizer, University
from samspel.registry.queries.holdings import organizer_place, university_place
from samspel.registry.queries.organizations import administrators_of


def organizations_told(told: Any, at: datetime) -> Iterator[OrganizationOfLogin]:
    """The organizers of the school units and organization numbers that an answer tells, and the universities.

    told: accounts' `Told`. Sorted by name; organizers first.
    """
    units = Q(school_units__code__in=told.school_units) if told.school_units else Q(pk__in=())
    numbers = Q(organization_number__in=told.organization_numbers)
    for organizer in Organizer.objects.filter(units | numbers).distinct():
        yield _told(organizer, organizer_place(organizer.pk), at)
    for university in University.objects.filter(numbers & ~Q(organization_number="")):
        yield _told(university, university_place(university.pk), at)


def _told(thing: Any, place: Place, at: datetime) -> OrganizationOfLogin:
    inviting = administrators_of(place, timezone.localdate(at))
    names = tuple(person.name for person in inviting if not person.is_protected)
    return OrganizationOfLogin(place, thing.name, thing.organization_number, names)
