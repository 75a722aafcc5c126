"""What it costs to pick 1 000 recipients: by task and official address, narrowed, beside a bare read of the same rows.

The rows are written for the measuring, in a transaction that is rolled back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.kernel.values.benches import BenchRow
from samspel.kernel.values.sorting import sort_key
from samspel.letters.queries import audiences
from samspel.registry.models import Appointment, County, Organizer, OrganizerType, Role

NUMBER: Final = 1_000
TIMES: Final = 5
_AUDIENCE: Final = {"to": ["role:coordinator", "organizer"], "filters": {"kind": [OrganizerType.ABROAD.value]}}


def rows() -> list[BenchRow]:
    """Picking them, and counting them."""
    at = timezone.now()
    with transaction.atomic():
        _write(at)
        floor = _fastest(_bare)
        picked = _fastest(lambda: audiences.recipients(_AUDIENCE, at))
        counted = _fastest(lambda: audiences.count(_AUDIENCE, at))
        number = audiences.count(_AUDIENCE, at)
        transaction.set_rollback(True)
    return [
        _row(f"Letters: {number} recipients picked", picked, floor, "under 1 s"),
        _row(f"Letters: {number} recipients counted", counted, floor, "under 1 s"),
    ]


def _row(what: str, seconds: float, floor: float, goal: str) -> BenchRow:
    return BenchRow(what, f"{seconds * 1000:.0f} ms", f"{floor * 1000:.0f} ms bare read", seconds / floor, goal)


def _write(at: datetime) -> None:
    """Half of them coordinators, half official addresses; the type is one that nobody else has."""
    county = County.objects.first()
    organizers = Organizer.objects.bulk_create(
        Organizer(
            organization_number=f"99{place:08d}",
            name=f"Mätt {place}",
            sort_key=f"matt {place:05d}",
            search_key=f"matt {place}",
            type=OrganizerType.ABROAD,
            county=county,
            official_email=f"matt.{place}@example.org",
            source="bench",
            as_of=at.date(),
        )
        for place in range(NUMBER // 2)
    )
    people = Person.objects.bulk_create(
        Person(
            email=f"matt.person.{place}@example.org",
            name=f"Mätt {place}",
            sort_key=sort_key(f"Mätt {place}"),
            joined_at=at,
        )
        for place in range(NUMBER // 2)
    )
    Appointment.objects.bulk_create(
        Appointment(person=person, role=Role.COORDINATOR, organizer=organizer, from_on=date(2020, 1, 1))
        for person, organizer in zip(people, organizers, strict=True)
    )


def _bare() -> object:
    held = Appointment.objects.filter(role=Role.COORDINATOR, organizer__type=OrganizerType.ABROAD)
    official = Organizer.objects.filter(type=OrganizerType.ABROAD)
    return [*held.values_list("person__email", "person__name"), *official.values_list("official_email", "name")]


def _fastest(deed: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - began)
    return min(taken)
