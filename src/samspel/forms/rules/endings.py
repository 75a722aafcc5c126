"""When what nobody goes on with comes to its end: so long after it was last touched as the form says, and never without
a warning some time before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from samspel.forms.rules.months import months_after

WARNED_BEFORE: Final = timedelta(days=30)


def ends_on(touched_on: date, keep_months: int, warned_on: date | None) -> date:
    """The day that it ends if nobody touches it. A warning from before it was touched last warns of nothing."""
    day = months_after(touched_on, keep_months)
    return max(day, warned_on + WARNED_BEFORE) if is_warned(touched_on, warned_on) and warned_on else day


def is_warned(touched_on: date, warned_on: date | None) -> bool:
    """Whether those who take part have been told since it was touched last."""
    return warned_on is not None and warned_on > touched_on


def is_to_be_warned(touched_on: date, keep_months: int, warned_on: date | None, today: date) -> bool:
    """Whether it is time to tell them."""
    is_near = months_after(touched_on, keep_months) - WARNED_BEFORE <= today
    return is_near and not is_warned(touched_on, warned_on)


def is_over(touched_on: date, keep_months: int, warned_on: date | None, today: date) -> bool:
    """Whether its time is over, and they were told in time."""
    return is_warned(touched_on, warned_on) and ends_on(touched_on, keep_months, warned_on) <= today
