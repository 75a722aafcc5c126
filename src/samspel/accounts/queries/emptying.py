"""Whose data have been kept long enough: who is to be told, whose rows are to be emptied, who came back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.queries import role_rows


def to_tell(at: datetime, warning: timedelta) -> QuerySet[Person]:
    """Active people whose time is over when the warning is, and who have not been told."""
    return _over(at + warning).filter(emptying_told_at__isnull=True, is_active=True)


def to_empty(at: datetime, warning: timedelta) -> QuerySet[Person]:
    """People whose time is over and who were told in good time; nobody can be told whose account is closed."""
    told_in_time = Q(emptying_told_at__lte=at - warning) | Q(is_active=False)
    return _over(at).filter(told_in_time)


def to_spare(at: datetime) -> QuerySet[Person]:
    """People who were told, and have come back in a task since."""
    back = role_rows.holds_from(timezone.localdate(at))
    return Person.objects.filter(back, emptying_told_at__isnull=False, anonymized_at__isnull=True).order_by("pk")


def kept_until(last_day: date) -> date:
    """The last day that data are kept whose reason ended on that day (setting SAMSPEL_KEEP_PEOPLE_MONTHS)."""
    months = last_day.year * 12 + last_day.month - 1 + settings.SAMSPEL_KEEP_PEOPLE_MONTHS
    year, month = divmod(months, 12)
    return _day(year, month + 1, last_day.day)


def _over(at: datetime) -> QuerySet[Person]:
    """People without a role since so long, reckoned from the day they joined if they never had one; not yet emptied.

    Duplicates go with the row that they were merged into.
    """
    limit = _limit(timezone.localdate(at))
    people = Person.objects.filter(anonymized_at__isnull=True, merged_into__isnull=True, joined_at__date__lt=limit)
    return people.exclude(role_rows.holds_from(limit)).order_by(F("pk"))


def _limit(today: date) -> date:
    """What ended before this day has been kept long enough today."""
    months = today.year * 12 + today.month - 1 - settings.SAMSPEL_KEEP_PEOPLE_MONTHS
    year, month = divmod(months, 12)
    return _day(year, month + 1, today.day)


def _day(year: int, month: int, day: int) -> date:
    """That day, or the last one of a month that is shorter."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), following - timedelta(days=1))
