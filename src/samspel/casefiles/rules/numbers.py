"""Diary numbers: how they are written, and how they stand in an address. Pure: no Django here."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_WRITTEN: Final = re.compile(r"\s*([A-Za-zÅÄÖåäö]{2,10})[\s-]*(\d{4})\s*[:/-]\s*(\d{1,9})\s*\Z")


class DiaryNumber(NamedTuple):
    """A series' code, the year and the number within both; "SAM 2026:117" to people, "sam-2026-117" in an address."""

    series: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.series} {self.year}:{self.number}"

    @property
    def address(self) -> str:
        """As it stands in an address."""
        return f"{self.series}-{self.year}-{self.number}".lower()


def parse(text: str) -> DiaryNumber | None:
    """A diary number as people write it or as it stands in an address; None if it is none."""
    found = _WRITTEN.match(text)
    return DiaryNumber(found[1].upper(), int(found[2]), int(found[3])) if found else None
