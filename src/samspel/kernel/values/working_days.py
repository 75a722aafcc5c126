"""Working days in Sweden, for "within five working days"."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _free_days() -> holidays.HolidayBase:
    return holidays.country_holidays("SE", include_sundays=False, categories=("public", "de_facto"))


def is_working_day(day: date) -> bool:
    """Whether offices are open: no Saturday or Sunday, no public holiday, no eve that the law counts as one.

    The law: 1930:173, 2 § (Midsummer, Christmas and New Year's Eve are equal to holidays).
    """
    return day.weekday() < 5 and day not in _free_days()


def working_days_after(day: date, number: int) -> date:
    """The working day that comes `number` working days after a day; the day itself is not counted."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def working_day_until(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_day_from(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
