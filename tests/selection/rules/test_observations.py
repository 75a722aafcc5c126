"""Which figure of which year, the stand-in, and a federation's own value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.selection.rules.criteria import Criterion, YearRule
from samspel.selection.rules.observations import Figure, indicator_of, observe, of_federation, periods_of
from samspel.selection.rules.subjects import NO_OBSERVATION, Observation, Source

LABELS = ["2021/22", "2023/24", "2022/23"]


def figure(value, mark="exact", row=1):
    return Figure(None if value is None else Decimal(value), mark, Source("file", row))


def observed(value, mark="exact", row=1):
    return Observation(None if value is None else Decimal(value), mark, "2023/24", "share", (Source("file", row),))


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (YearRule("latest"), ("2023/24",)),
        (YearRule("exact", period="2022/23"), ("2022/23",)),
        (YearRule("exact", period="2019/20"), ()),
        (YearRule("latest_not_after", period="2022/23"), ("2022/23",)),
        (YearRule("latest_not_after", period="2022"), ("2022/23",)),
        (YearRule("latest_not_after", period="2020/21"), ()),
        (YearRule("mean_of_latest", years=2), ("2023/24", "2022/23")),
        (YearRule("mean_of_latest", years=9), ("2023/24", "2022/23", "2021/22")),
    ],
)
def test_year_rule_takes_its_periods(year, expected):
    assert periods_of(year, LABELS) == expected


def test_no_period_is_taken_where_nobody_has_a_value():
    assert periods_of(YearRule("latest"), []) == ()


def test_stand_in_is_used_only_where_nobody_has_the_indicator_and_then_for_all():
    wanted = Criterion("mother_tongue", "mother-tongue", Decimal(1), stand_in="foreign-background")

    assert indicator_of(wanted, {"foreign-background": ["2023/24"]}) == ("foreign-background", True)
    assert indicator_of(wanted, {"mother-tongue": ["2019"], "foreign-background": ["2023/24"]}) == (
        "mother-tongue",
        False,
    )
    assert indicator_of(wanted, {}) == ("mother-tongue", False)


def test_figure_of_the_period_is_taken_with_its_mark_and_source():
    series = {"2023/24": figure("98.5", "interval", 7), "2022/23": figure("90")}

    assert observe(series, ["2023/24"], "share", stand_in=True) == Observation(
        Decimal("98.5"), "interval", "2023/24", "share", (Source("file", 7),), True
    )


def test_suppressed_figure_stays_suppressed_and_no_older_one_is_taken():
    series = {"2023/24": figure(None, "suppressed"), "2022/23": figure("90")}

    assert observe(series, ["2023/24"], "share")[:3] == (None, "suppressed", "2023/24")
    assert observe({}, ["2023/24"], "share") == Observation(None, "missing", "2023/24", "share")


def test_mean_of_years_is_rounded_to_nine_decimals_and_names_the_years_it_has():
    series = {"2023/24": figure("1", row=1), "2022/23": figure("2", row=2), "2021/22": figure("2", row=3)}

    assert observe(series, ["2023/24", "2022/23", "2021/22"], "share") == Observation(
        Decimal("1.666666667"),
        "computed",
        "2023/24, 2022/23, 2021/22",
        "share",
        (Source("file", 1), Source("file", 2), Source("file", 3)),
    )


def test_mean_of_years_leaves_out_a_year_without_value():
    series = {"2023/24": figure("3", row=1), "2022/23": figure(None, "suppressed", 2), "2021/22": figure("4", row=3)}

    mean = observe(series, ["2023/24", "2022/23", "2021/22"], "share")
    assert (mean.value, mean.period, len(mean.sources)) == (Decimal("3.5"), "2023/24, 2021/22", 2)


def test_federation_takes_its_own_row_or_none():
    assert of_federation("own_row_only", observed("12"), [(100, observed("1"))]) == observed("12")
    assert of_federation("leave_out", observed("12"), [(100, observed("1"))]) == NO_OBSERVATION


def test_federation_takes_the_mean_of_its_members_by_population():
    members = [(10_000, observed("10", row=1)), (30_000, observed("20", row=2))]

    assert of_federation("population_weighted_mean_of_members", observed("99"), members) == Observation(
        Decimal("17.5"), "computed", "2023/24", "share", (Source("file", 1), Source("file", 2))
    )


def test_federation_with_a_member_without_value_has_none_itself():
    rule = "population_weighted_mean_of_members"
    members = [(10_000, observed("10")), (30_000, observed(None, "suppressed"))]

    assert of_federation(rule, NO_OBSERVATION, members)[:2] == (None, "suppressed")
    assert of_federation(rule, NO_OBSERVATION, [(None, observed("10"))])[:2] == (None, "missing")
    assert of_federation(rule, NO_OBSERVATION, []) == NO_OBSERVATION


@given(st.lists(st.tuples(st.integers(1, 10**6), st.decimals(0, 100, places=1)), min_size=1, max_size=6))
def test_federation_lies_between_its_members(members):
    value = of_federation(
        "population_weighted_mean_of_members", NO_OBSERVATION, [(size, observed(value)) for size, value in members]
    ).value

    assert min(value for _size, value in members) <= value <= max(value for _size, value in members)
