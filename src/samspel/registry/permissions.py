"""Who holds which role on a day, and who may import. Other apps ask here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import require
from samspel.registry.models import Appointment, Role

__all__ = ["holds", "may_appoint", "may_import", "may_invent", "require", "roles_of"]


def roles_of(person: Any, on: date) -> frozenset[str]:
    """The roles a person holds on a day, anywhere. Nobody logged in, and the system itself, hold none.

    Kept on the person for the length of a request, so that a page asks once.
    """
    if not getattr(person, "is_authenticated", False):
        return frozenset()
    kept = person.__dict__.setdefault("_roles_by_day", {})
    if on not in kept:
        current = Appointment.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), person=person, from_on__lte=on)
        kept[on] = frozenset(current.values_list("role", flat=True))
    return kept[on]


def holds(person: Any, at: datetime, *roles: Role) -> bool:
    """Whether a person holds any of the roles at a moment (Swedish day)."""
    return not roles_of(person, timezone.localdate(at)).isdisjoint(roles)


def may_import(person: Any, at: datetime) -> bool:
    """Education officers and administrators import official files."""
    return holds(person, at, Role.EDUCATION_OFFICER, Role.ADMINISTRATOR)


def may_appoint(person: Any, at: datetime) -> bool:
    """Administrators appoint, and the system itself for upkeep and the demo."""
    return person is SYSTEM or holds(person, at, Role.ADMINISTRATOR)


def may_invent(person: Any) -> bool:
    """Only the system, and only in a demo home, adds organizers that do not exist."""
    return person is SYSTEM and settings.SAMSPEL_IS_DEMO
