"""Speed as ratios: every app's `bench.py` measures its own, each number beside a floor in the same run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from samspel.kernel.values.benches import BenchRow

HEADINGS = ("what", "measured", "floor", "ratio", "goal")


def measure(words: Sequence[str] = ()) -> Iterator[BenchRow]:
    """Rows of every app's `bench.benchmarks()`, lower floors first; only of the apps named, if any are."""
    for app in reversed(list(apps.get_app_configs())):
        module = f"{app.name}.bench"
        if app.name.startswith("samspel.") and (not words or app.label in words) and find_spec(module):
            yield from import_module(module).benchmarks()


def table(rows: Sequence[BenchRow]) -> Iterator[str]:
    """The rows under headings, in columns."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    for line in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _cells(row: BenchRow) -> tuple[str, ...]:
    return (row.what, row.measured, row.floor, "" if row.ratio is None else f"{row.ratio:.2f}", row.goal)
