"""A published figure back from its Swedish words, in which an answer keeps it. Pure: no Django here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

NBSP: Final = "\u00a0"
_SPACES: Final = str.maketrans({" ": NBSP, "\u202f": NBSP})
_WORDS: Final = re.compile(
    r"(?:~|ca\u00a0)?(?P<sign>\u2212?)(?P<whole>\d{1,12}|\d{1,3}(?:\u00a0\d{3}){1,4})(?:,(?P<rest>\d{1,6}))?"
    r"(?:\u00a0(?P<unit>\D.{0,40}))?",
    re.ASCII,
)


@dataclass(frozen=True)
class Told:
    """A number with as many decimals as it was told with, and its unit of measure."""

    value: Decimal
    decimals: int
    unit: str


def told(text: str) -> Told | None:
    """`−1 234,50 %` as -1234.50, 2 decimals, %, with any space. None for what is no number: `..`, `–`, other words."""
    found = _WORDS.fullmatch(text.translate(_SPACES))
    if found is None:
        return None
    rest = found["rest"] or ""
    number = Decimal(f"{found['whole'].replace(NBSP, '')}.{rest or 0}")
    return Told(-number if found["sign"] else number, len(rest), found["unit"] or "")
