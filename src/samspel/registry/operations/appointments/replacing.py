"""Put somebody else in an appointment's place: one begins, the other ends the day before, and both are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from samspel.accounts.models import Person
from samspel.kernel.audit import record
from samspel.registry import permissions
from samspel.registry.models import Appointment
from samspel.registry.operations.appointments import telling
from samspel.registry.operations.appointments.appointing import enter, refuse_to_herself
from samspel.registry.operations.appointments.refusals import AppointmentRefused
from samspel.registry.queries.holdings import place_of


@transaction.atomic
def replace(
    *, appointment: Appointment, person: Person, from_on: date, by: Any, at: datetime, **details: Any
) -> Appointment:
    """A new person from a day on; the one before ends the day before, and the history of both is kept.

    details: to_on, title, share_percent, mandate, manager, in_management_group, is_told. Returns the new appointment,
    which `replaces` the old. The one who leaves, the one who comes and the organization's administrators are told.
    Raises PermissionDenied unless `by` may give that role there, AppointmentRefused with every reason.
    """
    left = Appointment.objects.select_for_update(of=("self",)).select_related("organizer").get(pk=appointment.pk)
    permissions.require_may_give(by, left.role, place_of(left), at)
    refuse_to_herself(by, person, left.role, place_of(left))
    if found := _obstacles(left, person, from_on):
        raise AppointmentRefused(found)
    is_told = details.pop("is_told", True)
    _end_the_day_before(left, from_on, by, at)
    new = enter(
        person=person,
        role=left.role,
        by=by,
        at=at,
        from_on=from_on,
        organizer=left.organizer,
        school_unit=left.school_unit,
        university=left.university,
        replaces=left,
        is_told=False,
        **details,
    )
    record(action="registry.appointment.replaced", on=left, by=by, at=at, successor=new.pk, to_on=left.to_on)
    if is_told:
        telling.replaced(left, new, by=by, at=at)
    return new


def _obstacles(left: Appointment, person: Person, from_on: date) -> list[str]:
    checks = {
        "same_person": person.pk != left.person_id,
        "begins_too_early": from_on > left.from_on,
        "replaced_already": not any(one.to_on is None or one.to_on >= one.from_on for one in left.replaced_by.all()),
    }
    return [code for code, is_met in checks.items() if not is_met]


def _end_the_day_before(left: Appointment, from_on: date, by: Any, at: datetime) -> None:
    last = from_on - timedelta(days=1)
    if left.to_on is not None and left.to_on <= last:
        # It ends by itself before then, and that stands.
        return
    left.to_on, left.ended_at, left.ended_by = last, at, by.key
    # Both are told of the change itself: the end needs no announcing.
    left.end_announced_for = last
    left.save(update_fields=["to_on", "ended_at", "ended_by", "end_announced_for"])
