"""What it costs to plan the reminders of 10 000 dates, beside bare rows of the same reminders.

The dates are promises, written for the measuring in a transaction that is rolled back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.operations.people import add_person
from samspel.kernel.audit import SYSTEM
from samspel.kernel.values.benches import BenchRow
from samspel.letters.bench.analyzing import analyzed
from samspel.letters.models import Promise, Reminder
from samspel.letters.operations import reminders

NUMBER: Final = 10_000
# A week before each of these is within sight, the day before is not: one reminder for each date.
_LAST_DAYS: Final = range(16, 21)


def rows() -> list[BenchRow]:
    """Planning them for the first time, and again when nothing has changed."""
    at = timezone.now()
    with transaction.atomic():
        _write(add_person(email="matt@bench.example.org", name="Mätt Påminnelse", by=SYSTEM, at=at), at)
        analyzed(Person, Promise)
        first, asked = _timed(lambda: reminders.plan(at=at))
        again, asked_again = _timed(lambda: reminders.plan(at=at))
        floor = _bare(list(Reminder.objects.all()))
        transaction.set_rollback(True)
    return [
        _row(f"Letters: reminders of {NUMBER} dates planned, {asked} queries", first, floor),
        _row(f"Letters: the same when nothing has changed, {asked_again} queries", again, floor),
    ]


def _row(what: str, seconds: float, floor: float) -> BenchRow:
    measured, bare = f"{seconds * 1000:.0f} ms", f"{floor * 1000:.0f} ms bare rows"
    return BenchRow(what, measured, bare, seconds / floor, "under 10 s")


def _write(owner: Person, at: datetime) -> None:
    today = timezone.localdate(at)
    Promise.objects.bulk_create(
        Promise(
            about="letters.letter:bench",
            kind="other",
            words_sv=f"Löfte {place}",
            owner=owner,
            due_on=today + timedelta(days=_LAST_DAYS[place % len(_LAST_DAYS)]),
            made_at=at,
        )
        for place in range(NUMBER)
    )


def _bare(planned: list[Reminder]) -> float:
    """Seconds to write the same rows and nothing else."""
    Reminder.objects.all().delete()
    for row in planned:
        row.pk = None
    return _timed(lambda: Reminder.objects.bulk_create(planned, batch_size=1_000))[0]


def _timed(deed: Callable[[], Any]) -> tuple[float, int]:
    """Seconds, and how many queries were asked."""
    with CaptureQueriesContext(connection) as asked:
        began = time.perf_counter()
        deed()
        taken = time.perf_counter() - began
    return taken, len(asked)
