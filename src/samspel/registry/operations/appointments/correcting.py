"""Correct what an appointment tells: title, share of time, mandate, manager, management group."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from samspel.kernel.audit import record
from samspel.registry import permissions
from samspel.registry.models import Appointment
from samspel.registry.operations.appointments.appointing import judge
from samspel.registry.operations.appointments.ending import is_open
from samspel.registry.operations.appointments.refusals import AppointmentRefused
from samspel.registry.queries.holdings import place_of

DETAILS: Final = ("title", "share_percent", "mandate", "manager", "in_management_group")


@transaction.atomic
def correct(*, appointment: Appointment, by: Any, at: datetime, **details: Any) -> Appointment:
    """Put right some of DETAILS; the audit says which, not what they were. Nothing new: nothing is written.

    Raises PermissionDenied unless `by` may give that role there, AppointmentRefused with every reason, TypeError for
    anything beside DETAILS.
    """
    if unknown := set(details) - set(DETAILS):
        raise TypeError(unknown)
    related = ("person", "organizer", "school_unit", "manager")
    righted = Appointment.objects.select_for_update(of=("self",)).select_related(*related).get(pk=appointment.pk)
    permissions.require_may_give(by, righted.role, place_of(righted), at)
    if not is_open(righted, at):
        raise AppointmentRefused(["not_in_force"])
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in details.items()}
    changed = [name for name in DETAILS if name in tidy and getattr(righted, name) != tidy[name]]
    for name in changed:
        setattr(righted, name, tidy[name])
    if changed:
        judge(righted)
        righted.save(update_fields=changed)
        record(action="registry.appointment.corrected", on=righted, by=by, at=at, fields=changed)
    return righted
