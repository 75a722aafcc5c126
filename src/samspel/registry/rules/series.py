"""Figures of one indicator over the years, in order, with the newest told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Told(Protocol):
    """What a figure must say of itself to stand in a series."""

    @property
    def indicator(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def period(self) -> str: ...


Figure = TypeVar("Figure", bound=Told)


@dataclass(frozen=True)
class YearSeries(Generic[Figure]):
    """One indicator: its figures by period, oldest first, one for each period."""

    indicator: str
    figures: tuple[Figure, ...]

    @property
    def newest(self) -> Figure:
        """The figure of the last period."""
        return self.figures[-1]


def series_of(figures: Iterable[Figure]) -> dict[str, YearSeries[Figure]]:
    """Indicator to its series. Of two versions of a definition in one period the newer stands."""
    found: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        held = found.setdefault(figure.indicator, {})
        if figure.period not in held or held[figure.period].version <= figure.version:
            held[figure.period] = figure
    return {
        key: YearSeries(key, tuple(by_period[period] for period in sorted(by_period)))
        for key, by_period in found.items()
    }


def first_of(keys: Sequence[str], there: Iterable[str]) -> str | None:
    """The first of several indicators, in order of preference, that is there."""
    held = set(there)
    return next((key for key in keys if key in held), None)
