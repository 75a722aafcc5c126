"""School terms as values: `HT2026` (autumn), `VT2027` (spring).

No national term dates exist (skolförordningen 2011:185, 3 kap.: the organizer sets them), so a term counts
administratively: autumn 1 July–31 December, spring 1 January–30 June.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Term:
    """One term; ordered in time."""

    year: int
    is_autumn: bool

    @classmethod
    def parse(cls, label: str) -> Term:
        """`HT2026` or `VT2027`. Raises ValueError for anything else."""
        text = label.strip().upper()
        if len(text) != 6 or text[:2] not in ("HT", "VT") or not text[2:].isdigit():
            raise ValueError(label)
        return cls(int(text[2:]), text[:2] == "HT")

    @classmethod
    def of(cls, day: date) -> Term:
        """The term that a day counts to."""
        return cls(day.year, day.month >= 7)

    def plus(self, terms: int) -> Term:
        """The term so many terms later (or earlier)."""
        index = self.year * 2 + self.is_autumn + terms
        return Term(index // 2, bool(index % 2))

    @property
    def label(self) -> str:
        """`HT2026` or `VT2027`."""
        return f"{'HT' if self.is_autumn else 'VT'}{self.year}"

    @property
    def last_day(self) -> date:
        """The day it ends, administratively."""
        return date(self.year, 12, 31) if self.is_autumn else date(self.year, 6, 30)

    def __str__(self) -> str:
        return self.label
