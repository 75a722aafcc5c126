"""Appoint many at once, in few statements: those about whom there is no question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from samspel.accounts.models import Person
from samspel.kernel.audit import record_each
from samspel.registry.models import Appointment
from samspel.registry.queries.bulk import Verdict
from samspel.registry.rules.appointments import telling_due


def enter_many(*, verdicts: Iterable[tuple[Verdict, Person]], by: Any, at: datetime) -> int:
    """The appointments of rows that were judged, with an entry for each. Returns how many.

    The people are locked, or were added in the same transaction; nobody holds the task already.
    """
    made = [_appointment(verdict, person, by, at) for verdict, person in verdicts]
    Appointment.objects.bulk_create(made, batch_size=1_000)
    told = ((one, {"role": one.role, "person": one.person.key, "from_on": one.from_on}) for one in made)
    return record_each(action="registry.appointment.made", on=told, by=by, at=at)


def _appointment(verdict: Verdict, person: Person, by: Any, at: datetime) -> Appointment:
    row, where = verdict.row, verdict.where
    return Appointment(
        person=person,
        role=row.role,
        organizer=where.organizer,
        university=where.university,
        school_unit=where.unit,
        from_on=verdict.from_on,
        to_on=row.to_on,
        title=row.title,
        appointed_at=at,
        appointed_by=by.key,
        end_announced_for=telling_due(row.to_on, timezone.localdate(at)) if row.to_on else None,
    )
