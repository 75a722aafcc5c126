"""Reminders are forgotten in time, and when a person's row is emptied."""

from __future__ import annotations

from datetime import datetime, timedelta

from samspel.accounts.models import Person
from samspel.letters.models import Reminder, ReminderChoice, ReminderState

# So long it can be seen what somebody was reminded of.
KEPT = timedelta(days=400)


def forget(*, at: datetime) -> int:
    """Delete those that ended long ago. Returns how many."""
    return Reminder.objects.filter(ended_at__lt=at - KEPT).exclude(state=ReminderState.PLANNED).delete()[0]


def empty(person: Person, *, at: datetime) -> None:
    """Of somebody whose row is emptied nothing of this is kept."""
    Reminder.objects.filter(person=person).delete()
    ReminderChoice.objects.filter(person=person).delete()
