"""Rules of reminders: made, and ended. What has been sent by a rule stays, so a rule is never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samspel.accounts.queries import due_sources
from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.letters import permissions
from samspel.letters.models import ReminderRule

_THERE = _("There is a rule for that day already. End it first, if it is to be another.")
LONGEST_WAIT = 168
FURTHEST = 365


class RuleRefused(Refusal):
    """A rule that cannot be."""

    code = "reminder_rule"


@transaction.atomic
def make_rule(*, source: str, days: int, at_hour: int, latest_hours: int, by: Any, at: datetime) -> ReminderRule:
    """So many days from a date of a kind (empty: every kind that has no rule of its own), at an hour in Sweden.

    A rule of that day that was ended begins anew. Raises RuleRefused.
    """
    permissions.TABLE.require(by, permissions.SET_REMINDERS, at)
    _require_rule(source, days, at_hour, latest_hours)
    rule = ReminderRule.objects.select_for_update().filter(source=source, days=days).first()
    if rule is not None and rule.is_active:
        raise RuleRefused(_THERE, code="rule_there")
    rule = rule or ReminderRule(source=source, days=days)
    rule.at_hour, rule.latest_hours, rule.is_active = at_hour, latest_hours, True
    rule.made_at, rule.made_by = at, by.key
    _keep(rule)
    record(
        action="letters.reminder_rule.made", on=rule, by=by, at=at, source=source, days=days, hour=at_hour,
        latest_hours=latest_hours,
    )  # fmt: skip
    return rule


@transaction.atomic
def end_rule(*, rule: ReminderRule, by: Any, at: datetime) -> ReminderRule:
    """No more reminders by it: what is planned is dropped when reminders are planned next, and not sent before."""
    rule = ReminderRule.objects.select_for_update().get(pk=rule.pk)
    permissions.TABLE.require(by, permissions.SET_REMINDERS, at)
    if not rule.is_active:
        return rule
    rule.is_active = False
    rule.save(update_fields=["is_active"])
    record(action="letters.reminder_rule.ended", on=rule, by=by, at=at, source=rule.source, days=rule.days)
    return rule


def _keep(rule: ReminderRule) -> None:
    """Of two who make the same rule at once the second is told that it is there."""
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        raise RuleRefused(_THERE, code="rule_there") from error


def _require_rule(source: str, days: int, at_hour: int, latest_hours: int) -> None:
    if source and due_sources.get(source) is None:
        raise RuleRefused(_("Choose one of the kinds of dates."), code="rule_source")
    if not -FURTHEST <= days <= FURTHEST:
        raise RuleRefused(_("Choose a day at most a year from the date."), code="rule_days")
    if not 0 <= at_hour <= 23:
        raise RuleRefused(_("Choose an hour of the day, from 0 to 23."), code="rule_hour")
    if not 1 <= latest_hours <= LONGEST_WAIT:
        raise RuleRefused(_("Say for how many hours it is worth sending: from 1 to 168, a week."), code="rule_latest")
