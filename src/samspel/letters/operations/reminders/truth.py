"""Whether a reminder that waits to be handed over still holds, and what becomes of one that did not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from samspel.letters.models import Reminder, ReminderState
from samspel.letters.queries import reminders as queries
from samspel.letters.rules import reminders as rules
from samspel.post.models import Message, MessageState
from samspel.post.operations import NO_LONGER_TRUE, TOO_LATE

# A mail waits for no longer than its reminder is worth sending: a rule says a week at most.
_LOOKED_BACK = timedelta(days=30)


def still_true(message: Message, at: datetime) -> bool:
    """Asked by post in the transaction that claims the mail: the dates are locked, and all of them stand as written."""
    rows = list(_sent().filter(message_key=message.key))
    now = queries.dues_now({row.about for row in rows}, at, lock=True)
    opens = {key: queries.as_open(due) for key, due in now.items()}
    return bool(rows) and all(rules.end_of(queries.facts_of(row), opens.get(row.about), at) is None for row in rows)


@transaction.atomic
def put_right(*, at: datetime) -> int:
    """Reminders whose mail was never handed over: what still holds is planned again, the rest is dropped or missed.

    Returns how many.
    """
    never_sent = Message.objects.filter(state=MessageState.FAILED, failed_because__in=(NO_LONGER_TRUE, TOO_LATE))
    rows = _sent().filter(ended_at__gte=at - _LOOKED_BACK, message_key__in=never_sent.values("key"))
    found = list(rows.select_for_update(of=("self",), skip_locked=True))
    now = {key: queries.as_open(due) for key, due in queries.dues_now({row.about for row in found}, at).items()}
    for row in found:
        end = rules.end_of(queries.facts_of(row), now.get(row.about), at)
        row.state, row.because = end or (ReminderState.PLANNED, "")
        row.ended_at, row.message_key = (at, row.message_key) if end else (None, None)
    Reminder.objects.bulk_update(found, ["state", "because", "ended_at", "message_key"], batch_size=1_000)
    return len(found)


def _sent() -> QuerySet[Reminder]:
    return Reminder.objects.filter(state=ReminderState.SENT).select_related("person", "rule").order_by("pk")
