"""Figures in a letter: where they stand in a text, and how a number is said ("drygt 200"). Pure: no Django here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

OVER: Final = "over"
# So small that it is said as it is.
_SMALL: Final = 20
# As much of a number as may be rounded away while "just over" is still true to a reader.
_MOST_AWAY: Final = 0.07
_JUST_OVER: Final = {"sv": "drygt", "en": "just over"}
# Whatever stands in the braces was meant as a figure: a name that is mistyped is told of, and never sent as it stands.
_PLACE: Final = re.compile(r"\{\{\s*([^\s{}|](?:[^{}|\n]{0,58}[^\s{}|])?)\s*(?:\|\s*([^\s{}|]{1,20})\s*)?\}\}")


@dataclass(frozen=True)
class Place:
    """Where a figure is to stand: its name, and the way it is said ("" exactly, OVER)."""

    name: str
    way: str = ""


def places(*texts: str) -> list[Place]:
    """The figures that texts ask for, each once, in order."""
    return list(dict.fromkeys(Place(name, way) for text in texts for name, way in _PLACE.findall(text)))


def unknown(known: Iterable[str], *texts: str) -> list[str]:
    """Names and ways that texts ask for and nobody has, as they are written."""
    names = set(known)
    wrong = [place for place in places(*texts) if place.name not in names or place.way not in ("", OVER)]
    return [f"{place.name}|{place.way}" if place.way else place.name for place in wrong]


def put_in(text: str, said: Mapping[Place, str]) -> str:
    """The text with its figures in words; one that is not known stands as it was written."""
    return _PLACE.sub(lambda found: said.get(Place(found[1], found[2] or ""), found[0]), text)


def words(value: int, way: str, language: str) -> str:
    """A number as it is read: "1 206", or "drygt 1 200" where `way` is OVER and there is something to leave out."""
    if way != OVER:
        return _grouped(value, language)
    rounded = rounded_down(value)
    shown = _grouped(rounded, language)
    return shown if rounded == value else f"{_JUST_OVER.get(language, _JUST_OVER['en'])} {shown}"


def rounded_down(value: int) -> int:
    """The roundest number below that is not too far away: 207 is 200, 268 is 250, 199 is 190; a round one is itself."""
    if value < _SMALL:
        return value
    unit: int = 10 ** (len(str(value)) - 1)
    if unit > 10 and value % (unit // 10) == 0:
        return value
    steps = (unit, unit // 2, unit // 10)
    near = (value - value % step for step in steps if value % step <= value * _MOST_AWAY)
    return next(near, value)


def _grouped(value: int, language: str) -> str:
    # No-break spaces in Swedish, so that a number is never broken over two lines.
    return f"{value:,}".replace(",", "\u00a0") if language == "sv" else f"{value:,}"
