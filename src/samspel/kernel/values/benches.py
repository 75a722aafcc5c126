"""A line of `samspel bench`: a measure beside its floor in the same run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BenchRow:
    """What was measured, as told to a person; its floor, their ratio (None: there is none) and the goal in words."""

    what: str
    measured: str
    floor: str = ""
    ratio: float | None = None
    goal: str = ""
