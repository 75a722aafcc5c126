"""Headings, names and titles compared by what does not drift: letters and digits, in one case and one spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_KEPT = re.compile(r"[\W_]+")
# The same thing under an older or newer name (FORMATS of the exports, 2011–2025).
_RENAMED = (
    ("kunskapskraven", "betygskriterierna"),
    ("kunskapskrav", "betygskriterier"),
    ("uppnått", "uppfyllt"),
)
_MERIT = re.compile(r"(meritvärde)(16|17)$")
_TIDY = re.compile(r"\s+")


def fold(text: object) -> str:
    """Text without case, blanks, hyphens and punctuation: `Kommun-kod` and `Kommunkod` are one."""
    return _folded(str(text)[:500])


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _NOT_KEPT.sub("", unicodedata.normalize("NFC", text).casefold())


def heading(text: object) -> str:
    """A column's heading as compared: folded, with the known renamings undone."""
    folded = fold(text)
    for old, new in _RENAMED:
        folded = folded.replace(old, new)
    return _MERIT.sub(r"\1\2ämnen", folded)


def tidy(text: object) -> str:
    """Text on one line with single blanks and none at its ends."""
    return _TIDY.sub(" ", unicodedata.normalize("NFC", str(text))).strip()


def federation_key(name: str) -> str:
    """The name of a municipal federation as compared: folded, without what follows a comma (its short name)."""
    return fold(name.partition(",")[0])


def letter(place: int) -> str:
    """The letter of a column that has no heading: 0 is A, 26 is AA."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
