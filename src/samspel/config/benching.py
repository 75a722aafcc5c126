"""Speed as ratios: every app's `bench.py` measures its own, each number beside a floor in the same run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

HEADINGS = ("what", "measured", "floor", "ratio", "goal")


@dataclass(frozen=True)
class Row:
    """One line of the table: what, measured and floor as told to a person, their ratio, and the goal in words."""

    what: str
    measured: str
    floor: str = ""
    ratio: float | None = None
    goal: str = ""


def measure(words: Sequence[str] = ()) -> Iterator[Row]:
    """Rows of every app's `bench.benchmarks()`, lower floors first; only of the apps named, if any are."""
    for app in reversed(list(apps.get_app_configs())):
        module = f"{app.name}.bench"
        if app.name.startswith("samspel.") and (not words or app.label in words) and find_spec(module):
            for row in import_module(module).benchmarks():
                yield Row(**{name: getattr(row, name) for name in Row.__dataclass_fields__ if hasattr(row, name)})


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows under headings, in columns."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    for line in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    return (row.what, row.measured, row.floor, "" if row.ratio is None else f"{row.ratio:.2f}", row.goal)
