"""Reminders of a promise as they would have become: one sent in time, and one missed while mail stood still."""

from __future__ import annotations

from datetime import datetime, timedelta

from samspel.letters.models import Promise, Reminder, ReminderRule, ReminderState
from samspel.letters.operations import reminders as operations
from samspel.letters.queries.promises import KIND
from samspel.letters.queries.reminders import as_rule
from samspel.letters.rules import reminders as rules
from samspel.post.demo import arrive_alone

# Days from the last day of the rules that everybody begins with.
_SENT, _MISSED = -1, 1


def remind(promise: Promise, now: datetime) -> None:
    """Play both, at their own times. What lies ahead of now is left to the system."""
    for days, late in ((_SENT, timedelta(minutes=5)), (_MISSED, None)):
        rule = ReminderRule.objects.filter(source="", days=days, is_active=True).first()
        if rule is None:
            continue
        send_at, latest_at = rules.moments(as_rule(rule), promise.due_on)
        sent_at = send_at + late if late else latest_at + timedelta(hours=2)
        if sent_at <= now:
            _play(promise, rule, send_at, latest_at, sent_at)


def _play(promise: Promise, rule: ReminderRule, send_at: datetime, latest_at: datetime, sent_at: datetime) -> None:
    row = Reminder.objects.create(
        rule=rule,
        person=promise.owner,
        about=f"{KIND}:{promise.key}",
        due_on=promise.due_on,
        send_at=send_at,
        latest_at=latest_at,
        planned_at=promise.made_at,
    )
    operations.send_due(at=sent_at)
    row.refresh_from_db()
    if row.state == ReminderState.SENT and row.message_key:
        arrive_alone(keys=[row.message_key], at=sent_at)
