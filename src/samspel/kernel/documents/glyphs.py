"""Text as the documents' fonts can show it.

A PDF/A may hold no character without a shape, and one pasted from elsewhere (an emoji, a bullet of another program, a
control character) would otherwise keep the whole document from being made. It is shown as a replacement sign instead.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent / "fonts"
REPLACEMENT = "\u25a1"
_KEPT = "\n"
# What controls and steers, and what means nothing outside one program.
_NONE = ("Cc", "Cf", "Co", "Cn")


def showable(value: Any) -> Any:
    """Plain data (JSON) with every text in it as the fonts can show it."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else _shown(value)
    if isinstance(value, Mapping):
        return {key: showable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [showable(part) for part in value]
    return value


def _shown(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_signs())


class _Signs(dict[int, str | int]):
    """Code point to what stands for it, found at first use."""

    def __missing__(self, point: int) -> str | int:
        found = self[point] = self._found(point)
        return found

    def _found(self, point: int) -> str | int:
        sign = chr(point)
        if point in covered() or sign in _KEPT:
            return point
        # What only steers other signs (a soft hyphen, a mark of direction) or controls a device has no shape to miss.
        if unicodedata.category(sign) in ("Cc", "Cf"):
            return " " if sign.isspace() else ""
        return " " if sign.isspace() else REPLACEMENT


@cache
def _signs() -> _Signs:
    return _Signs()


@cache
def covered() -> frozenset[int]:
    """The code points that every one of the fonts has a shape for and a PDF/A may hold (none for private use)."""
    points = [frozenset(_code_points(font.read_bytes())) for font in sorted(FONTS.glob("*.otf"))]
    return frozenset(
        point for point in frozenset.intersection(*points) if unicodedata.category(chr(point)) not in _NONE
    )


def _code_points(font: bytes) -> Iterator[int]:
    """The code points of an OpenType font, from its table `cmap`, format 12 (all of Unicode in segments)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * place) for place in range(tables))
    start = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    offsets = [struct.unpack_from(">HHL", font, start + 4 + 8 * place)[2] for place in range(count)]
    whole = next(start + one for one in offsets if struct.unpack_from(">H", font, start + one)[0] == 12)
    groups = struct.unpack_from(">L", font, whole + 12)[0]
    for place in range(groups):
        first, last, _glyph = struct.unpack_from(">LLL", font, whole + 16 + 12 * place)
        yield from range(first, last + 1)
