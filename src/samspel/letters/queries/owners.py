"""Who at the agency may owe something to those who are written to."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.letters import permissions
from samspel.registry.models import Appointment
from samspel.registry.queries.appointments import in_force


def owners(at: datetime) -> QuerySet[Person]:
    """Those who write letters, by name. One query."""
    roles = permissions.TABLE.deeds[permissions.PROMISE].roles
    held = Appointment.objects.filter(
        in_force(timezone.localdate(at)), role__in=roles, organizer__isnull=True, university__isnull=True
    )
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("sort_key", "pk")
