"""Working days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.kernel.values.working_days import (
    is_working_day,
    working_day_from,
    working_day_until,
    working_days_after,
)


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), False),
        (date(2026, 6, 19), False),
        (date(2026, 6, 5), True),
        (date(2027, 3, 26), False),
    ],
)
def test_a_working_day_is_no_weekend_holiday_or_eve_that_counts_as_one(day, is_one):
    assert is_working_day(day) is is_one


def test_the_working_day_nearest_before_and_after_a_closed_one_or_the_day_itself():
    assert working_day_until(date(2026, 12, 27)) == date(2026, 12, 23)
    assert working_day_from(date(2026, 12, 24)) == date(2026, 12, 28)
    assert working_day_until(date(2026, 12, 23)) == working_day_from(date(2026, 12, 23)) == date(2026, 12, 23)


def test_five_working_days_over_christmas_take_two_weeks():
    assert working_days_after(date(2026, 12, 22), 5) == date(2027, 1, 4)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 30))
def test_so_many_working_days_lie_between(day, number):
    end = working_days_after(day, number)

    between = [date.fromordinal(n) for n in range(day.toordinal() + 1, end.toordinal() + 1)]
    assert sum(map(is_working_day, between)) == number
    assert is_working_day(end)
