"""A criterion: which figure, of which year, turned into need how, with what weight, and what when it is missing."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samspel.selection.rules.numbers import decimal_text
from samspel.selection.rules.reading import Reading

YEAR_RULES = ("latest", "exact", "mean_of_latest", "latest_not_after")
DIRECTIONS = ("higher_is_greater_need", "lower_is_greater_need")
TRANSFORMS = ("z_score", "percentile_rank", "min_max")
MISSING_RULES = ("exclude_subject", "median_of_stratum", "median", "refuse", "neutral")
MOST_WEIGHT = Decimal(1000)

_PERIOD = re.compile(r"[0-9]{4}(/[0-9]{2})?", re.ASCII)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}", re.ASCII)
_WEIGHT = re.compile(r"(0|[1-9][0-9]{0,3})(\.[0-9]{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class YearRule:
    """Which year's figure counts: `period` for exact and latest_not_after, `years` for mean_of_latest."""

    rule: str = "latest"
    period: str = ""
    years: int = 0

    def document(self) -> dict[str, Any]:
        extra: dict[str, Any] = {"period": self.period} if self.period else {}
        return {"rule": self.rule, **extra, **({"years": self.years} if self.years else {})}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. `indicator` and `stand_in` are keys of indicators, `slice` the part of the schools counted.

    The stand-in is used for every subject of the round when nobody has a value of the indicator, and then said so.
    `lowest` and `highest` bound what the figure can be at all (0 and 100 for a share in per cent), which tells
    whether a change that would have turned the choice was possible.
    """

    key: str
    indicator: str
    weight: Decimal
    direction: str = "higher_is_greater_need"
    transform: str = "z_score"
    missing: str = "refuse"
    year: YearRule = YearRule()
    slice: str = "municipal"
    stand_in: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None

    @property
    def sign(self) -> int:
        """+1 when a higher figure is greater need, -1 when a lower one is."""
        return 1 if self.direction == "higher_is_greater_need" else -1

    @property
    def is_weighed(self) -> bool:
        """Whether it counts; one of weight 0 is shown, and a missing figure then keeps nobody out."""
        return self.weight > 0

    def document(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "indicator": self.indicator,
            "stand_in": self.stand_in,
            "slice": self.slice,
            "year": self.year.document(),
            "direction": self.direction,
            "transform": self.transform,
            "weight": decimal_text(self.weight),
            "missing": self.missing,
            "lowest": None if self.lowest is None else decimal_text(self.lowest),
            "highest": None if self.highest is None else decimal_text(self.highest),
        }


def read_criterion(reading: Reading) -> Criterion:
    """Read one criterion, noting its problems on the reading."""
    reading.only(*Criterion.__dataclass_fields__)
    criterion = Criterion(
        key=reading.matching("key", _KEY, "not_a_key"),
        indicator=reading.token("indicator"),
        stand_in=reading.token("stand_in", ""),
        slice=reading.token("slice", "municipal"),
        year=_year(reading.inner("year")),
        direction=reading.among("direction", DIRECTIONS),
        transform=reading.among("transform", TRANSFORMS),
        weight=_weight(reading),
        missing=reading.among("missing", MISSING_RULES),
        lowest=reading.decimal_or_none("lowest"),
        highest=reading.decimal_or_none("highest"),
    )
    _check(reading, criterion)
    return criterion


def _check(reading: Reading, criterion: Criterion) -> None:
    if criterion.missing == "neutral" and criterion.transform != "z_score":
        # Zero is the mean of a z-score and the very bottom of the other two.
        reading.say("neutral_needs_z_score", "missing", stood=criterion.transform)
    if criterion.stand_in and criterion.stand_in == criterion.indicator:
        reading.say("stand_in_is_the_indicator", "stand_in", stood=criterion.stand_in)
    if criterion.lowest is not None and criterion.highest is not None and criterion.lowest >= criterion.highest:
        reading.say("bounds_out_of_order", "lowest", stood=decimal_text(criterion.lowest))


def _weight(reading: Reading) -> Decimal:
    text = reading.matching("weight", _WEIGHT, "not_a_weight")
    # What is no weight counts as 1 for the rest of the reading, so that it is not also said that nothing weighs.
    weight = Decimal(text or 1)
    if weight > MOST_WEIGHT:
        reading.say("not_a_weight", "weight", stood=text, expected=f"0–{MOST_WEIGHT}")
    return weight


def _year(reading: Reading) -> YearRule:
    rule = reading.among("rule", YEAR_RULES, "latest")
    if rule in ("exact", "latest_not_after"):
        reading.only("rule", "period")
        return YearRule(rule, period=reading.matching("period", _PERIOD, "not_a_period"))
    if rule == "mean_of_latest":
        reading.only("rule", "years")
        return YearRule(rule, years=reading.whole("years", 2, 10))
    reading.only("rule")
    return YearRule(rule or "latest")
