"""When a reminder is sent, what it is that is wanted, and why one is not sent after all. Pure: no Django here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from samspel.letters.rules.moments import SWEDEN

# How far ahead reminders stand planned: an outage shorter than that is seen, for what it kept from going out is missed.
HORIZON: Final = timedelta(days=14)

PLANNED, SENT, MISSED, DROPPED = "planned", "sent", "missed", "dropped"
MOVED, DONE, NOT_HERS, RULE_ENDED = "moved", "done", "not_hers", "rule_ended"
TOO_LATE, NO_ADDRESS, LATER_ONE = "too_late", "no_address", "later_one"
# What was not needed for these reasons is wanted again when they are gone: a date that moves back, a rule begun anew.
MAY_RETURN: Final = frozenset({MOVED, DONE, NOT_HERS, RULE_ENDED})

# Which rule (primary key), which person (primary key), which date (its key), and the day it had.
Identity = tuple[int, int, str, date]


@dataclass(frozen=True)
class Rule:
    """So many days from a date, at an hour in Sweden, and for how many hours it is still worth sending.

    source: the kind of dates it is for; empty: for every kind that has no rule of its own.
    """

    pk: int
    source: str
    days: int
    at_hour: int
    latest_hours: int


@dataclass(frozen=True)
class Open:
    """A date that is still to be kept, as it stands."""

    kind: str
    key: str
    due_on: date
    people: frozenset[int]


@dataclass(frozen=True)
class Wanted:
    """A reminder that a rule gives of a date, for one person."""

    identity: Identity
    send_at: datetime
    latest_at: datetime


def moments(rule: Rule, due_on: date) -> tuple[datetime, datetime]:
    """When a reminder of a date is sent, and after when it is not. In the gap of the clock change: after it."""
    send_at = datetime.combine(due_on + timedelta(days=rule.days), time(rule.at_hour), tzinfo=SWEDEN)
    return send_at, datetime.fromtimestamp(send_at.timestamp() + rule.latest_hours * 3_600, tz=SWEDEN)


def rules_of(kind: str, rules: Iterable[Rule]) -> list[Rule]:
    """The rules of a kind: its own, if it has any; else those for every kind."""
    all_of_them = list(rules)
    own = [rule for rule in all_of_them if rule.source == kind]
    return own or [rule for rule in all_of_them if not rule.source]


def days_to_look(rules: Sequence[Rule], today: date) -> tuple[date, date]:
    """The dates of which a rule wants a reminder between now and the horizon; some days more are no harm."""
    waits = max(rule.latest_hours for rule in rules) // 24 + 2
    first = today - timedelta(days=max(rule.days for rule in rules) + waits)
    return first, today + HORIZON + timedelta(days=1 - min(rule.days for rule in rules))


def wanted(opens: Iterable[Open], rules: Sequence[Rule], at: datetime) -> dict[Identity, Wanted]:
    """What the rules of their kind want of these dates, between now and the horizon; each person by herself."""
    found: dict[Identity, Wanted] = {}
    for one in opens:
        for rule in rules:
            send_at, latest_at = moments(rule, one.due_on)
            if latest_at < at or send_at > at + HORIZON:
                continue
            for person in one.people:
                identity = (rule.pk, person, one.key, one.due_on)
                found[identity] = Wanted(identity, send_at, latest_at)
    return found


@dataclass(frozen=True)
class Facts:
    """A reminder that is about to be sent."""

    person: int
    due_on: date
    latest_at: datetime
    rule_is_active: bool
    is_active_person: bool
    has_address: bool


def end_of(facts: Facts, now: Open | None, at: datetime) -> tuple[str, str] | None:
    """The state it ends in and why, unless it is to be sent. now: the date as it stands; None: done, or gone."""
    if not facts.rule_is_active:
        return DROPPED, RULE_ENDED
    if now is None:
        return DROPPED, DONE
    if now.due_on != facts.due_on:
        return DROPPED, MOVED
    if facts.person not in now.people or not facts.is_active_person:
        return DROPPED, NOT_HERS
    if at > facts.latest_at:
        return MISSED, TOO_LATE
    return None if facts.has_address else (MISSED, NO_ADDRESS)


def gone_because(identity: Identity, now: Mapping[str, Open], active: frozenset[int]) -> str:
    """Why what was planned is not wanted any more. active: rules in force."""
    rule, person, key, due_on = identity
    if rule not in active:
        return RULE_ENDED
    if key not in now:
        return DONE
    if now[key].due_on != due_on:
        return MOVED
    # A kind that has got a rule of its own leaves those for every kind.
    return NOT_HERS if person not in now[key].people else RULE_ENDED
