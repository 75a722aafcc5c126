"""Appoint a person to a role. Thin: who may appoint whom is widened when people and appointments come whole."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from samspel.accounts.models import Person
from samspel.kernel.audit import record
from samspel.registry import permissions
from samspel.registry.models import Appointment, Organizer, Role, University


@transaction.atomic
def appoint(
    *,
    person: Person,
    role: str,
    by: Any,
    at: datetime,
    from_on: date,
    to_on: date | None = None,
    organizer: Organizer | None = None,
    university: University | None = None,
) -> Appointment:
    """Give a person a role somewhere (nowhere named: the agency) from a day on; the same one twice is there once.

    Raises PermissionDenied unless `by` may appoint, ValueError for an unknown role.
    """
    permissions.require(permissions.may_appoint(by, at))
    appointment, is_new = Appointment.objects.get_or_create(
        person=person,
        role=Role(role),
        organizer=organizer,
        university=university,
        from_on=from_on,
        defaults={"to_on": to_on},
    )
    if is_new:
        record(action="registry.appointment.made", on=appointment, by=by, at=at, role=role, person=person.key)
    return appointment
