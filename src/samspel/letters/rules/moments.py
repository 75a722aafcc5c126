"""A moment as people in Sweden say it: a day and a clock time, which once a year is none and once a year is two. Pure.

In March the clock goes from 02.00 to 03.00, so that what lies between is never; in October from 03.00 back to 02.00, so
that the hour before is twice. Neither is guessed: the first is refused, of the second it is asked which is meant.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

SWEDEN: Final = ZoneInfo("Europe/Stockholm")
FIRST, SECOND = "first", "second"
# How far ahead a letter may be planned: what is further off is a slip of the pen.
FURTHEST: Final = timedelta(days=366)

GAP = "gap"
TWICE = "twice"
PASSED = "passed"
FAR_AHEAD = "far_ahead"


class MomentRefused(ValueError):
    """A day and time that are no moment to plan for: code is one of GAP, TWICE, PASSED, FAR_AHEAD."""

    def __init__(self, code: str, day: date, clock: time) -> None:
        super().__init__(f"{code}: {day} {clock}")
        self.code, self.day, self.clock = code, day, clock


def moment(day: date, clock: time, which: str = "") -> datetime:
    """The moment that a clock in Sweden shows this, in UTC.

    which: FIRST (summer time) or SECOND (winter time) where the hour is twice; it is not looked at otherwise.
    Raises MomentRefused: GAP, or TWICE if nothing is said of which.
    """
    clock = clock.replace(tzinfo=None, fold=0)
    first, second = (datetime.combine(day, clock.replace(fold=fold), tzinfo=SWEDEN) for fold in (0, 1))
    if _is_never(first):
        raise MomentRefused(GAP, day, clock)
    if first.utcoffset() != second.utcoffset() and which not in (FIRST, SECOND):
        raise MomentRefused(TWICE, day, clock)
    return (second if which == SECOND else first).astimezone(UTC)


def ahead(day: date, clock: time, which: str = "", *, at: datetime) -> datetime:
    """The same, for something that is to happen after `at`. Raises MomentRefused: PASSED and FAR_AHEAD too."""
    try:
        found = moment(day, clock, which)
    except OverflowError as error:  # the first and the last day that a calendar knows
        raise MomentRefused(PASSED if day.year == 1 else FAR_AHEAD, day, clock) from error
    if found <= at:
        raise MomentRefused(PASSED, day, clock)
    if found - at > FURTHEST:
        raise MomentRefused(FAR_AHEAD, day, clock)
    return found


def is_in_doubled_hour(at: datetime) -> bool:
    """Whether a clock in Sweden shows this time twice that day, so that a time told needs more words."""
    local = at.astimezone(SWEDEN)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset() and not _is_never(local)


def _is_never(local: datetime) -> bool:
    there_and_back = local.astimezone(UTC).astimezone(SWEDEN)
    return there_and_back.replace(tzinfo=None, fold=0) != local.replace(tzinfo=None, fold=0)
