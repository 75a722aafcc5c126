"""Turns a figure into a score that can be weighed against others: z-score, percentile rank or min–max.

Each works on whole units (numbers.UNITS) and rounds once, at the end, so that a part is the exact product of weight and
transformed value to nine decimals. The constants come from the observed figures of the frame; figures put in for
missing ones do not move them. When all figures are equal nothing is told apart, and every part is 0.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Protocol

from samspel.selection.rules.numbers import NANO, nano_text, rounded_over_root, rounded_ratio


class Transform(Protocol):
    """A transform with its constants."""

    count: int
    is_flat: bool

    def scaled(self, units: int, by: int, over: int) -> int:
        """by / over × the transformed value of a figure, in billionths, half to even. `over` is above zero."""
        ...

    def facts(self) -> dict[str, str]:
        """The constants, written out with nine decimals, to explain a part by."""
        ...


class ZScore:
    """(value - mean) / population standard deviation: the frame is all there is, not a sample of it."""

    def __init__(self, observed: Sequence[int]) -> None:
        self.count = len(observed)
        self.total = sum(observed)
        # n² times the variance, a whole number, so that mean and deviation are never rounded.
        self.spread = self.count * sum(units * units for units in observed) - self.total * self.total
        self.is_flat = self.spread == 0

    def scaled(self, units: int, by: int, over: int) -> int:
        if self.is_flat:
            return 0
        return rounded_over_root(by * NANO * (self.count * units - self.total), over, self.spread)

    def facts(self) -> dict[str, str]:
        mean = rounded_ratio(self.total, 2 * self.count) if self.count else 0
        deviation = 0 if self.is_flat else rounded_over_root(self.spread, 2 * self.count, self.spread)
        return {"mean": nano_text(mean), "standard_deviation": nano_text(deviation)}


class MinMax:
    """(value - lowest) / (highest - lowest)."""

    def __init__(self, observed: Sequence[int]) -> None:
        self.count = len(observed)
        self.lowest = min(observed, default=0)
        self.span = max(observed, default=0) - self.lowest
        self.is_flat = self.span == 0

    def scaled(self, units: int, by: int, over: int) -> int:
        return 0 if self.is_flat else rounded_ratio(by * NANO * (units - self.lowest), over * self.span)

    def facts(self) -> dict[str, str]:
        lowest, highest = (rounded_ratio(self.lowest, 2), rounded_ratio(self.lowest + self.span, 2))
        return {"lowest": nano_text(lowest), "highest": nano_text(highest)}


class PercentileRank:
    """(number lower + half the number equal, itself among them) / number: from 0 to 1, with 1/2 in the middle."""

    def __init__(self, observed: Sequence[int]) -> None:
        counted = Counter(observed)
        self.count = len(observed)
        self.steps = sorted(counted)
        self.reached = list(accumulate((counted[step] for step in self.steps), initial=0))
        self.is_flat = len(self.steps) < 2

    def scaled(self, units: int, by: int, over: int) -> int:
        return (
            0
            if self.is_flat
            else rounded_ratio(by * NANO * sum(self.below_and_not_above(units)), over * 2 * self.count)
        )

    def below_and_not_above(self, units: int) -> tuple[int, int]:
        """How many figures are lower, and how many are lower or equal."""
        place = bisect_left(self.steps, units)
        is_step = place < len(self.steps) and self.steps[place] == units
        return self.reached[place], self.reached[place + is_step]

    def facts(self) -> dict[str, str]:
        return {"figures": str(self.count)}


def fit(transform: str, observed: Sequence[int]) -> Transform:
    """A transform with the constants of the observed figures (in units)."""
    return _TRANSFORMS[transform](observed)


_TRANSFORMS: dict[str, Callable[[Sequence[int]], Transform]] = {
    "z_score": ZScore,
    "percentile_rank": PercentileRank,
    "min_max": MinMax,
}
