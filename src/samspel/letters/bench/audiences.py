"""What it costs to pick 1 000 recipients by task and type of organizer, beside a bare read of the same rows.

The rows are written for the measuring, in a transaction that is rolled back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.operations.people import add_person
from samspel.kernel.audit import SYSTEM
from samspel.kernel.values.benches import BenchRow
from samspel.letters.bench.analyzing import analyzed
from samspel.letters.queries import audiences
from samspel.registry.models import Appointment, Organizer, OrganizerType, Role
from samspel.registry.operations.appointments import appoint

NUMBER: Final = 1_000
TIMES: Final = 5
_AUDIENCE: Final = {
    "to": ["role:development_lead", "organizer"],
    "filters": {"kind": [OrganizerType.MUNICIPALITY.value]},
}


def rows() -> list[BenchRow]:
    """Picking them, and counting them."""
    at = timezone.now()
    with transaction.atomic():
        _write(at)
        analyzed(Person, Appointment)
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
    """So many development leads at the municipalities' organizers, several at each."""
    organizers = list(Organizer.objects.filter(type=OrganizerType.MUNICIPALITY, ended_on=None))
    for place in range(NUMBER):
        person = add_person(email=f"matt.{place}@bench.example.org", name=f"Mätt {place}", by=SYSTEM, at=at)
        appoint(
            person=person,
            role=Role.DEVELOPMENT_LEAD,
            organizer=organizers[place % len(organizers)],
            from_on=timezone.localdate(at),
            by=SYSTEM,
            at=at,
        )


def _bare() -> object:
    held = Appointment.objects.filter(role=Role.DEVELOPMENT_LEAD, organizer__type=OrganizerType.MUNICIPALITY)
    return list(held.values_list("person__email", "person__name"))


def _fastest(deed: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - began)
    return min(taken)
