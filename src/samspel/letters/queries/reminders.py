"""What is read for reminders: rules in force, dates as they stand, what is planned, sent and missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from samspel.accounts.queries import Due, due_sources
from samspel.letters.models import Reminder, ReminderChoice, ReminderRule, ReminderState, ReminderWay
from samspel.letters.rules import reminders as rules
from samspel.post.models import Message


def rules_in_force() -> list[ReminderRule]:
    """The rules that give reminders, as pages list them."""
    return list(ReminderRule.objects.filter(is_active=True).order_by("source", "days"))


def wanted(kept: Iterable[ReminderRule], at: datetime) -> dict[rules.Identity, rules.Wanted]:
    """Every reminder that these rules give from now to the horizon. As many queries as the sources need, however many
    dates there are."""
    in_force = [as_rule(rule) for rule in kept]
    found: dict[rules.Identity, rules.Wanted] = {}
    for source in due_sources:
        of_kind = rules.rules_of(source.kind, in_force)
        if of_kind:
            days = rules.days_to_look(of_kind, timezone.localdate(at))
            found |= rules.wanted(map(as_open, source.between(*days, at)), of_kind, at)
    return found


def dues_now(keys: Collection[str], at: datetime, *, lock: bool = False) -> dict[str, Due]:
    """Key to date as it stands, of those still open. lock: nobody moves them until the transaction ends."""
    by_kind: dict[str, set[str]] = {}
    for key in keys:
        by_kind.setdefault(key.partition(":")[0], set()).add(key)
    found: dict[str, Due] = {}
    for kind, wanted_keys in sorted(by_kind.items()):
        if source := due_sources.get(kind):
            found |= {due.key: due for due in source.now(sorted(wanted_keys), at, lock=lock)}
    return found


def as_rule(kept: ReminderRule) -> rules.Rule:
    """A rule as the rules of reminders read it."""
    return rules.Rule(kept.pk, kept.source, kept.days, kept.at_hour, kept.latest_hours)


def as_open(due: Due) -> rules.Open:
    """A date as the rules of reminders read it."""
    return rules.Open(due.kind, due.key, due.due_on, due.people)


def facts_of(reminder: Reminder, *, has_address: bool = True) -> rules.Facts:
    """What decides whether a reminder is sent; its rule and person are read already."""
    return rules.Facts(
        person=reminder.person_id,
        due_on=reminder.due_on,
        latest_at=reminder.latest_at,
        rule_is_active=reminder.rule.is_active,
        is_active_person=reminder.person.is_active,
        has_address=has_address,
    )


def who_wants_one_a_day(people: Collection[int]) -> set[int]:
    """Of these, those who have chosen one mail a day."""
    chosen = ReminderChoice.objects.filter(person__in=people, way=ReminderWay.DAILY)
    return set(chosen.values_list("person_id", flat=True))


def way_of(person: Any) -> str:
    """How a person wants her reminders."""
    chosen = ReminderChoice.objects.filter(person=person).values_list("way", flat=True).first()
    return chosen or ReminderWay.EACH


def listed(state: str, kind: str = "") -> QuerySet[Reminder]:
    """Reminders in a state, with where the mail stands: planned ones soonest first, the others newest first."""
    mail = Message.objects.filter(key=OuterRef("message_key")).values("state")
    rows = Reminder.objects.filter(state=state).select_related("rule", "person__merged_into")
    rows = rows.annotate(mail_state=Subquery(mail[:1]))
    if kind:
        rows = rows.filter(about__startswith=f"{kind}:")
    return rows.order_by("send_at", "pk") if state == ReminderState.PLANNED else rows.order_by("-ended_at", "-pk")


def hers(person: Any) -> QuerySet[Reminder]:
    """What is planned for a person, soonest first."""
    return listed(ReminderState.PLANNED).filter(person=person)


def kinds() -> dict[str, Any]:
    """Every kind of date and what it is called, in order of name."""
    return dict(sorted(((kind, source.label) for kind, source in due_sources.items()), key=lambda one: str(one[1])))
