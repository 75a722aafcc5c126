"""Moments by a Swedish clock: the hour that never is and the hour that is twice are never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.letters.rules import moments

NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
IN_MARCH, IN_OCTOBER = date(2026, 3, 29), date(2026, 10, 25)


def refusal_of(day, clock, which="", at=NOW):
    with pytest.raises(moments.MomentRefused) as refused:
        moments.ahead(day, clock, which, at=at)
    return refused.value.code


def test_a_time_is_by_the_clock_in_sweden_winter_and_summer():
    assert moments.moment(date(2026, 1, 15), time(8, 0)) == datetime(2026, 1, 15, 7, 0, tzinfo=UTC)
    assert moments.moment(date(2026, 7, 15), time(8, 0)) == datetime(2026, 7, 15, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("clock", [time(2, 0), time(2, 30), time(2, 59)])
def test_a_time_that_no_clock_shows_is_refused(clock):
    assert refusal_of(IN_MARCH, clock) == moments.GAP
    assert refusal_of(IN_MARCH, clock, moments.SECOND) == moments.GAP


def test_the_minutes_around_the_gap_are_moments_a_minute_apart():
    before, after = moments.moment(IN_MARCH, time(1, 59)), moments.moment(IN_MARCH, time(3, 0))

    assert after - before == timedelta(minutes=1)


@pytest.mark.parametrize("clock", [time(2, 0), time(2, 30), time(2, 59)])
def test_of_a_time_that_is_twice_it_is_asked_which_and_they_are_an_hour_apart(clock):
    assert refusal_of(IN_OCTOBER, clock) == moments.TWICE
    assert refusal_of(IN_OCTOBER, clock, "third") == moments.TWICE

    first, second = (moments.moment(IN_OCTOBER, clock, which) for which in (moments.FIRST, moments.SECOND))

    assert second - first == timedelta(hours=1)
    assert moments.is_in_doubled_hour(first)
    assert moments.is_in_doubled_hour(second)


def test_other_hours_of_that_night_are_said_once():
    assert not moments.is_in_doubled_hour(moments.moment(IN_OCTOBER, time(1, 59)))
    assert not moments.is_in_doubled_hour(moments.moment(IN_OCTOBER, time(3, 0)))
    assert not moments.is_in_doubled_hour(moments.moment(IN_MARCH, time(3, 0)))


def test_a_time_that_has_passed_or_is_far_ahead_is_refused():
    assert refusal_of(date(2026, 1, 10), time(10, 0)) == moments.PASSED
    assert refusal_of(date(2025, 12, 24), time(15, 0)) == moments.PASSED
    assert refusal_of(date(2027, 1, 12), time(8, 0)) == moments.FAR_AHEAD
    assert refusal_of(date(1, 1, 1), time(0, 0)) == moments.PASSED
    assert refusal_of(date(9999, 12, 31), time(23, 59)) == moments.FAR_AHEAD


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.times(),
    st.sampled_from(["", moments.FIRST, moments.SECOND]),
)
def test_every_day_and_time_is_one_moment_that_shows_it_or_refused_with_a_reason(day, clock, which):
    try:
        found = moments.moment(day, clock, which)
    except moments.MomentRefused as refused:
        assert refused.code in (moments.GAP, moments.TWICE)
    else:
        shown = found.astimezone(moments.SWEDEN)
        assert (shown.date(), shown.time()) == (day, clock)
