"""Bars and lines as pictures: the arithmetic of their places, so that templates only write them out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from samspel.kernel.ui.figures import SUPPRESSED, Figure, explanation_of, figure_html, figure_text, number_text

MOST_SERIES = 6


@dataclass(frozen=True)
class Series:
    """A named row of figures, one for each category (None where there is none). Numbers are taken as exact."""

    label: Any
    figures: Sequence[Figure | float | int | None]


@dataclass(frozen=True)
class Row:
    """A row of the table beneath: the category and one figure per series, written out."""

    label: Any
    cells: list[Any]


class Chart:
    """What bars and lines have in common.

    `title` says what the picture shows and `description` what it tells; `categories` are the labels (years, groups);
    `unit` and `decimals` hold for all figures that do not say otherwise. At most six series.
    """

    def __init__(
        self,
        *,
        id: str,
        title: Any,
        description: Any,
        categories: Sequence[Any],
        series: Sequence[Series],
        category_label: Any,
        unit: Any = "",
        decimals: int | None = None,
    ) -> None:
        if len(series) > MOST_SERIES:
            raise ValueError(f"{len(series)} series; a picture carries {MOST_SERIES}")
        if any(len(one.figures) != len(categories) for one in series):
            raise ValueError("every series has one figure for each category")
        self.id, self.title, self.description = id, title, description
        self.categories, self.category_label = categories, category_label
        self.unit, self.decimals = unit, decimals
        self.series = [Series(one.label, [self._figure(value) for value in one.figures]) for one in series]

    @property
    def rows(self) -> list[Row]:
        """The table beneath."""
        return [
            Row(label, [figure_html(one.figures[index]) for one in self.series])
            for index, label in enumerate(self.categories)
        ]

    @property
    def legend(self) -> list[tuple[int, Any]]:
        """Number (from 1) and label of each series; empty when one series needs no telling apart."""
        return [(number, one.label) for number, one in enumerate(self.series, 1)] if len(self.series) > 1 else []

    @cached_property
    def values(self) -> list[float]:
        """All values that are drawn."""
        return [float(figure.value) for one in self.series for figure in one.figures if _is_drawn(figure)]

    def _figure(self, value: Any) -> Figure:
        if isinstance(value, Figure):
            decimals = self.decimals if value.decimals is None else value.decimals
            return replace(value, decimals=decimals, unit=value.unit or self.unit)
        return Figure(value, decimals=self.decimals, unit=self.unit)


def _is_drawn(figure: Figure) -> bool:
    return figure.value is not None and figure.mark != SUPPRESSED


@dataclass(frozen=True)
class Bar:
    """One bar: its series' number, its place and length, and its figure in text."""

    series: int
    y: float
    x: float
    width: float
    text: str
    text_x: float
    text_y: float
    is_drawn: bool


@dataclass(frozen=True)
class BarGroup:
    """The bars of one category, under its label."""

    label: Any
    label_y: float
    bars: list[Bar]
    top: float
    bottom: float


class BarChart(Chart):
    """Lying bars from a common zero, each with its figure beside it; the label stands above, so it fits a phone."""

    width = 400
    _bar, _gap, _label, _between = 15, 3, 21, 13
    _room_for_text = 92

    @property
    def height(self) -> float:
        """Of the picture, in its own units."""
        each = self._label + len(self.series) * (self._bar + self._gap) + self._between
        return len(self.categories) * each

    @property
    def zero_x(self) -> float:
        """Where nought stands."""
        return self._x(0.0)

    @property
    def groups(self) -> list[BarGroup]:
        """All bars with their places."""
        each = self._label + len(self.series) * (self._bar + self._gap) + self._between
        return [self._group(index, label, index * each) for index, label in enumerate(self.categories)]

    def _group(self, index: int, label: Any, top: float) -> BarGroup:
        bars = [
            self._one(number, one.figures[index], top + self._label + (number - 1) * (self._bar + self._gap))
            for number, one in enumerate(self.series, 1)
        ]
        return BarGroup(label, top + 15, bars, top + self._label - 2, bars[-1].y + self._bar + 2)

    def _one(self, number: int, figure: Figure, y: float) -> Bar:
        drawn = _is_drawn(figure)
        start, end = sorted((self.zero_x, self._x(float(figure.value)))) if drawn else (self.zero_x, self.zero_x)
        text = figure_text(figure) if drawn else f"{figure_text(figure)} ({explanation_of(figure)})"
        return Bar(number, y, _round(start), _round(end - start), text, _round(end + 6), y + self._bar - 3, drawn)

    def _x(self, value: float) -> float:
        low, high = min(0.0, *self.values, 0.0), max(0.0, *self.values, 0.0)
        return _round((value - low) / ((high - low) or 1) * (self.width - self._room_for_text))


@dataclass(frozen=True)
class Point:
    """A value on a line, with what it says."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Line:
    """A series as drawn: stretches without gaps (as `points` of polylines) and a marker for each value."""

    series: int
    label: Any
    stretches: list[str]
    points: list[Point]


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    place: float
    text: Any


class LineChart(Chart):
    """Lines over time; a missing figure breaks the line. The axis starts at nought unless told not to."""

    width, height = 400, 250
    left, right, top, bottom = 46, 28, 14, 38

    def __init__(self, *, from_zero: bool = True, **facts: Any) -> None:
        super().__init__(**facts)
        self.from_zero = from_zero

    @cached_property
    def steps(self) -> list[float]:
        """The values the horizontal lines stand at: round numbers that hold everything between them."""
        low, high = min(self.values, default=0.0), max(self.values, default=1.0)
        if self.from_zero:
            low, high = min(low, 0.0), max(high, 0.0)
        return round_steps(low, high)

    @property
    def value_ticks(self) -> list[Tick]:
        """Horizontal lines and their values."""
        decimals = max(0, -math.floor(math.log10(self.steps[1] - self.steps[0])))
        return [Tick(self._y(step), number_text(round(step, decimals), decimals=decimals)) for step in self.steps]

    @property
    def category_ticks(self) -> list[Tick]:
        """Labels beneath, thinned so that they do not run together; the last one always stands."""
        every = math.ceil(len(self.categories) / 5)
        last = len(self.categories) - 1
        return [Tick(self._x(i), label) for i, label in enumerate(self.categories) if (last - i) % every == 0]

    @property
    def plot_right(self) -> float:
        """Where the horizontal lines end."""
        return self.width - self.right

    @property
    def plot_bottom(self) -> float:
        """Where the plot ends and the labels begin."""
        return self.height - self.bottom

    @property
    def lines(self) -> list[Line]:
        """All lines with their places."""
        return [self._line(number, one) for number, one in enumerate(self.series, 1)]

    def _line(self, number: int, one: Series) -> Line:
        places = [self._point(index, figure) for index, figure in enumerate(one.figures)]
        return Line(number, one.label, _stretches(places), [place for place in places if place])

    def _point(self, index: int, figure: Figure) -> Point | None:
        if not _is_drawn(figure):
            return None
        return Point(self._x(index), self._y(float(figure.value)), f"{self.categories[index]}: {figure_text(figure)}")

    def _x(self, index: int) -> float:
        width = self.plot_right - self.left
        return _round(
            self.left + (width * index / (len(self.categories) - 1) if len(self.categories) > 1 else width / 2)
        )

    def _y(self, value: float) -> float:
        low, high = self.steps[0], self.steps[-1]
        return _round(self.plot_bottom - (value - low) / (high - low) * (self.plot_bottom - self.top))


def round_steps(low: float, high: float) -> list[float]:
    """Four to seven evenly spaced round numbers (1, 2 or 5 times a power of ten apart) around low and high."""
    if high - low < 1e-6 * max(1.0, abs(low), abs(high)):
        low, high = low - 1, high + 1
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def _stretches(places: list[Point | None]) -> list[str]:
    stretches: list[list[str]] = [[]]
    for place in places:
        if place:
            stretches[-1].append(f"{place.x},{place.y}")
        elif stretches[-1]:
            stretches.append([])
    return [" ".join(stretch) for stretch in stretches if len(stretch) > 1]


def _round(number: float) -> float:
    return round(number, 1)
