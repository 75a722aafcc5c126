"""From published figures to the one figure of a criterion: which indicator, which year, and a federation's own value.

What comes out stands in the frozen data with all its sources; from the freeze on nothing here is asked again.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from samspel.selection.rules.criteria import Criterion, YearRule
from samspel.selection.rules.numbers import nano_decimal, rounded_ratio, units
from samspel.selection.rules.subjects import NO_OBSERVATION, Observation, Source


class Figure(NamedTuple):
    """One published figure: a value, or None and the mark that says why (subjects.MARKS), with its source."""

    value: Decimal | None
    mark: str
    source: Source


def indicator_of(criterion: Criterion, periods: Mapping[str, Iterable[str]]) -> tuple[str, bool]:
    """Which indicator a criterion uses in a round, and whether that is the stand-in.

    `periods`: indicator key to the periods in which any subject has a value. The choice is one for the whole round,
    since two different things measured would not compare.
    """
    has_own = bool(tuple(periods.get(criterion.indicator, ())))
    has_stand_in = bool(criterion.stand_in) and bool(tuple(periods.get(criterion.stand_in, ())))
    return (criterion.stand_in, True) if has_stand_in and not has_own else (criterion.indicator, False)


def periods_of(year: YearRule, labels: Iterable[str]) -> tuple[str, ...]:
    """The periods a year rule takes, the latest first, from those in which any subject has a value; () if none.

    They are the same for all subjects of the round: one who has no figure then has it missing, and does not bring an
    older one of its own.
    """
    ordered = sorted(set(labels), key=_age, reverse=True)
    if year.rule == "exact":
        return (year.period,) if year.period in ordered else ()
    if year.rule == "latest_not_after":
        return tuple(label for label in ordered if label[:4] <= year.period[:4])[:1]
    return tuple(ordered[: year.years if year.rule == "mean_of_latest" else 1])


def observe(
    series: Mapping[str, Figure], periods: Sequence[str], indicator: str, stand_in: bool = False
) -> Observation:
    """A subject's figure in the periods chosen: the one there is, or the mean of those that have a value.

    `series` is period label to figure. Without any value the mark of the latest period stands, or missing.
    """
    there = [(period, series[period]) for period in periods if period in series]
    valued = [(period, figure) for period, figure in there if figure.value is not None]
    used = valued or there[:1]
    if not used:
        return Observation(None, "missing", ", ".join(periods), indicator, (), stand_in)
    sources = tuple(figure.source for _period, figure in used)
    counts = [units(figure.value) for _period, figure in valued if figure.value is not None]
    if len(counts) > 1:
        value: Decimal | None = nano_decimal(rounded_ratio(sum(counts), 2 * len(counts)))
        return Observation(
            value, "computed", ", ".join(period for period, _figure in used), indicator, sources, stand_in
        )
    period, figure = used[0]
    return Observation(figure.value, figure.mark, period, indicator, sources, stand_in)


def of_federation(rule: str, own: Observation, members: Sequence[tuple[int | None, Observation]]) -> Observation:
    """A federation's figure by the round's rule (settings.FEDERATION_RULES).

    `members`: population and figure of each member municipality. The mean of the members, weighed by population and
    rounded to nine decimals, needs them all: with one missing the federation's is missing too, or suppressed if that
    is why.
    """
    if rule == "own_row_only":
        return own
    if rule == "leave_out" or not members:
        return NO_OBSERVATION
    period, indicator, stand_in = members[0][1].period, members[0][1].indicator, members[0][1].stand_in
    sources = tuple(source for _population, member in members for source in member.sources)
    weighed = [(size, units(member.value)) for size, member in members if size and member.value is not None]
    if len(weighed) < len(members):
        is_suppressed = any(member.mark == "suppressed" for _population, member in members)
        return Observation(None, "suppressed" if is_suppressed else "missing", period, indicator, sources, stand_in)
    total = sum(size * count for size, count in weighed)
    value = nano_decimal(rounded_ratio(total, 2 * sum(size for size, _count in weighed)))
    return Observation(value, "computed", period, indicator, sources, stand_in)


def _age(label: str) -> tuple[str, str]:
    return label[:4], label
