"""School years and calendar years as values, written as official statistics write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

SCHOOL_YEAR = "school_year"
CALENDAR_YEAR = "calendar_year"

_SCHOOL_YEAR = re.compile(r"(\d{4})/(\d{2})")


@dataclass(frozen=True, order=True)
class Period:
    """A school year (`2024/25`) or a calendar year (`2024`); ordered by its first year."""

    start_year: int
    kind: str

    @classmethod
    def school_year(cls, start_year: int) -> Period:
        """The school year that begins in the autumn of `start_year`."""
        return cls(start_year, SCHOOL_YEAR)

    @classmethod
    def calendar_year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(year, CALENDAR_YEAR)

    @classmethod
    def parse(cls, label: str) -> Period:
        """`2024/25` or `2024`. Raises ValueError for anything else, also for years that do not follow each other."""
        text = label.strip()
        if found := _SCHOOL_YEAR.fullmatch(text):
            start = int(found[1])
            if (start + 1) % 100 != int(found[2]):
                raise ValueError(label)
            return cls(start, SCHOOL_YEAR)
        if len(text) == 4 and text.isascii() and text.isdigit():
            return cls(int(text), CALENDAR_YEAR)
        raise ValueError(label)

    @property
    def label(self) -> str:
        """As official statistics write it."""
        if self.kind == SCHOOL_YEAR:
            return f"{self.start_year}/{(self.start_year + 1) % 100:02d}"
        return str(self.start_year)

    def __str__(self) -> str:
        return self.label
