"""Planning: what the rules want of the dates as they stand, against what is planned already."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from samspel.letters.models import Reminder, ReminderRule, ReminderState
from samspel.letters.queries import reminders as queries
from samspel.letters.rules import reminders as rules


@dataclass(frozen=True)
class Planned:
    """What a planning came to: reminders planned for the first time or anew, and those that are not needed any more."""

    planned: int
    dropped: int


@transaction.atomic
def plan(*, at: datetime) -> Planned:
    """Plan what is wanted and not planned; drop what is planned and not wanted: moved, done, not hers, rule ended.

    What was sent or missed stays as it is. Two at once are one after the other. The queries do not grow with the dates.
    """
    kept_rules = list(ReminderRule.objects.select_for_update(no_key=True).filter(is_active=True).order_by("pk"))
    wanted = queries.wanted(kept_rules, at)
    known = _known(wanted)
    gone = {one: row for one, row in known.items() if row.state == ReminderState.PLANNED and one not in wanted}
    dropped = _drop(gone, frozenset(rule.pk for rule in kept_rules), at)
    changed = {row.pk: wanted[one] for one, row in known.items() if one in wanted and _is_changed(row, wanted[one])}
    planned = _plan_anew(changed, at) + _plan_new([one for key, one in wanted.items() if key not in known], at)
    return Planned(planned, dropped)


def _known(wanted: Mapping[rules.Identity, rules.Wanted]) -> dict[rules.Identity, Reminder]:
    """All that are planned, and of those ended what has the days that are wanted."""
    of_interest = Q(state=ReminderState.PLANNED)
    if days := {identity[3] for identity in wanted}:
        of_interest |= Q(due_on__range=(min(days), max(days)))
    rows = Reminder.objects.filter(of_interest)
    return {(row.rule_id, row.person_id, row.about, row.due_on): row for row in rows}


def _drop(gone: Mapping[rules.Identity, Reminder], active: frozenset[int], at: datetime) -> int:
    now = queries.dues_now({identity[2] for identity in gone}, at)
    opens = {key: queries.as_open(due) for key, due in now.items()}
    why: dict[str, list[int]] = {}
    for identity, row in gone.items():
        because = _because(row, identity, opens, active, at)
        if because:
            why.setdefault(because, []).append(row.pk)
    return sum(_end(because, rows, at) for because, rows in sorted(why.items()))


def _because(
    row: Reminder,
    identity: rules.Identity,
    opens: Mapping[str, rules.Open],
    active: frozenset[int],
    at: datetime,
) -> str:
    """Empty for what still holds and is only late, or further off than one looks: sending says what becomes of it."""
    because = rules.gone_because(identity, opens, active)
    is_out_of_sight = row.latest_at < at or row.send_at > at + rules.HORIZON
    return "" if because == rules.RULE_ENDED and row.rule_id in active and is_out_of_sight else because


def _end(because: str, rows: Collection[int], at: datetime) -> int:
    still = Reminder.objects.filter(pk__in=rows, state=ReminderState.PLANNED)
    return still.update(state=ReminderState.DROPPED, because=because, ended_at=at)


def _is_changed(row: Reminder, one: rules.Wanted) -> bool:
    if row.state == ReminderState.PLANNED:
        return (row.send_at, row.latest_at) != (one.send_at, one.latest_at)
    return row.state == ReminderState.DROPPED and row.because in rules.MAY_RETURN


def _plan_anew(changed: Mapping[int, rules.Wanted], at: datetime) -> int:
    may = (ReminderState.PLANNED, ReminderState.DROPPED)
    rows = list(Reminder.objects.select_for_update(skip_locked=True).filter(pk__in=changed, state__in=may))
    for row in rows:
        one = changed[row.pk]
        row.state, row.because, row.ended_at, row.message_key = ReminderState.PLANNED, "", None, None
        row.send_at, row.latest_at, row.planned_at = one.send_at, one.latest_at, at
    fields = ["state", "because", "ended_at", "message_key", "send_at", "latest_at", "planned_at"]
    return Reminder.objects.bulk_update(rows, fields, batch_size=1_000)


def _plan_new(wanted: Collection[rules.Wanted], at: datetime) -> int:
    rows = [_new(one, at) for one in wanted]
    Reminder.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
    return len(rows)


def _new(one: rules.Wanted, at: datetime) -> Reminder:
    rule, person, about, due_on = one.identity
    return Reminder(
        rule_id=rule,
        person_id=person,
        about=about,
        due_on=due_on,
        send_at=one.send_at,
        latest_at=one.latest_at,
        planned_at=at,
    )
