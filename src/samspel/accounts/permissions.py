"""Who may do what with people and their accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from samspel.accounts.models import Person
from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import require

__all__ = ["may_add_person", "may_be_entered_in_demo", "may_change_account", "may_see_demo_people", "require"]


def may_add_person(by: Any) -> bool:
    """The system, and anybody active: the operation that gives a task judges whether she may give it."""
    return by is SYSTEM or (isinstance(by, Person) and by.is_active)


def may_change_account(by: Any, person: Person) -> bool:
    """Each her own."""
    return isinstance(by, Person) and by.is_active and by.pk == person.pk


def may_see_demo_people() -> bool:
    """Only in a demo home, for anybody."""
    return settings.SAMSPEL_IS_DEMO is True


def may_be_entered_in_demo(person: Person) -> bool:
    """Invented people alone, and only in a demo home."""
    return may_see_demo_people() and person.is_invented and person.is_active
