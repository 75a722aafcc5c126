"""A duplicate's reminders, when two rows turn out to be one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samspel.accounts.models import Person
from samspel.letters.models import Reminder, ReminderChoice


def move(keep: Person, gone: Person, *, by: Any, at: datetime) -> None:
    """Part of a merge: what was planned for the duplicate is planned for who stays; what she chose stays."""
    Reminder.objects.filter(person=gone).delete()
    if not ReminderChoice.objects.filter(person=keep).exists():
        ReminderChoice.objects.filter(person=gone).update(person=keep)
    ReminderChoice.objects.filter(person=gone).delete()
