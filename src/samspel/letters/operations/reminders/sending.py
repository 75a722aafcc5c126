"""Sending: those whose moment has come are looked at once more, with their dates locked, and become mails."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from samspel.accounts.queries import Due
from samspel.kernel.jobs import BULK
from samspel.letters.models import Reminder, ReminderState
from samspel.letters.operations.reminders.mails import mail_of
from samspel.letters.queries import reminders as queries
from samspel.letters.rules import reminders as rules
from samspel.post.models import Message
from samspel.post.operations.messages import write_each
from samspel.post.operations.refusals import AddressRefused
from samspel.post.queries.addresses import troubled

# People in one transaction: their dates are locked meanwhile, so that it is to be short.
LOT = 100


@dataclass
class Tally:
    """What a sending came to. ended: reasons to how many were not sent for them."""

    mails: int = 0
    sent: int = 0
    ended: dict[str, int] = field(default_factory=dict)


def send_due(*, at: datetime) -> Tally:
    """Send every reminder whose moment has come, or say why not: lot by lot, each in a transaction of its own.

    Bears to be killed, to run twice and beside itself: a reminder and its mail are written together, once.
    """
    tally, after = Tally(), 0
    while people := _next_people(after, at):
        _send_lot(people, tally, at=at)
        after = people[-1]
    return tally


def _next_people(after: int, at: datetime) -> list[int]:
    due = Reminder.objects.filter(state=ReminderState.PLANNED, send_at__lte=at, person__gt=after)
    return list(due.order_by("person_id").values_list("person_id", flat=True).distinct()[:LOT])


@transaction.atomic
def _send_lot(people: Collection[int], tally: Tally, *, at: datetime) -> None:
    daily = queries.who_wants_one_a_day(people)
    rows = _rows(people, daily, at)
    now = queries.dues_now({row.about for row in rows}, at, lock=True)
    silent = troubled([row.person.email for row in rows], at)
    left = [row for row in rows if not _ends(row, now, has_address=row.person.email not in silent, at=at)]
    mails = _mails(_latest_of_each(left, at), daily, now, at)
    write_each(mails, lane=BULK)
    Reminder.objects.bulk_update(rows, ["state", "because", "ended_at", "message_key"], batch_size=1_000)
    _count(tally, rows, mails)


def _rows(people: Collection[int], daily: Collection[int], at: datetime) -> list[Reminder]:
    """What is due; and of those who want one mail a day, all of the day."""
    planned = Reminder.objects.filter(person__in=people, state=ReminderState.PLANNED, send_at__lt=_end_of_day(at))
    rows = planned.select_for_update(skip_locked=True, of=("self",)).select_related("person", "rule")
    found = list(rows.order_by("person_id", "due_on", "about", "send_at"))
    has_one_due = {row.person_id for row in found if row.send_at <= at}
    return [row for row in found if row.send_at <= at or row.person_id in has_one_due & set(daily)]


def _end_of_day(at: datetime) -> datetime:
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time()))


def _ends(row: Reminder, now: Mapping[str, Due], *, has_address: bool, at: datetime) -> bool:
    due = now.get(row.about)
    end = rules.end_of(queries.facts_of(row, has_address=has_address), queries.as_open(due) if due else None, at)
    if end is not None:
        row.state, row.because, row.ended_at = *end, at
    return end is not None


def _latest_of_each(rows: Sequence[Reminder], at: datetime) -> list[Reminder]:
    """Where two of the same date have waited, as after an outage, the later says all."""
    latest: dict[tuple[int, str], Reminder] = {}
    for row in rows:
        key = (row.person_id, row.about)
        earlier = latest.get(key)
        if earlier is not None:
            first, row = sorted((earlier, row), key=lambda one: one.send_at)
            first.state, first.because, first.ended_at = ReminderState.DROPPED, rules.LATER_ONE, at
        latest[key] = row
    return list(latest.values())


def _mails(rows: Sequence[Reminder], daily: Collection[int], now: Mapping[str, Due], at: datetime) -> list[Message]:
    """One mail for each; one with all in it for those who want it so. The rows are told which mail they became."""
    together: dict[tuple[int, int], list[Reminder]] = {}
    for row in rows:
        together.setdefault((row.person_id, 0 if row.person_id in daily else row.pk), []).append(row)
    found = []
    for group in together.values():
        mail = _mail(group, now, at)
        if mail is not None:
            found.append(mail)
    return found


def _mail(group: Sequence[Reminder], now: Mapping[str, Due], at: datetime) -> Message | None:
    try:
        mail = mail_of(group, [now[row.about] for row in group], at=at)
    except AddressRefused:
        mail = None
    for row in group:
        row.ended_at = at
        if mail is None:
            row.state, row.because = ReminderState.MISSED, rules.NO_ADDRESS
        else:
            row.state, row.message_key = ReminderState.SENT, mail.key
    return mail


def _count(tally: Tally, rows: Sequence[Reminder], mails: Sequence[Message]) -> None:
    tally.mails += len(mails)
    for row in rows:
        if row.state == ReminderState.SENT:
            tally.sent += 1
        elif row.because:
            tally.ended[row.because] = tally.ended.get(row.because, 0) + 1
