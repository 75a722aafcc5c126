"""Those who work at the agency: to whom a letter may be tried."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.registry.models import Appointment
from samspel.registry.queries.holdings import in_force


def at_agency(person: Any, at: datetime) -> QuerySet[Person]:
    """Herself and everybody with a task at the agency now, in order; nobody with protected identity but herself."""
    there = Appointment.objects.filter(
        in_force(timezone.localdate(at)), person=OuterRef("pk"), organizer=None, university=None
    )
    colleague = Q(is_active=True, is_protected=False) & Q(Exists(there))
    return Person.objects.filter(Q(pk=person.pk) | colleague).order_by("sort_key", "pk")
