"""Whether a colour can carry words: contrast as WCAG 2.2 measures it. Pure: no Django here."""

from __future__ import annotations

import re
from typing import Final

# WCAG 2.2, success criterion 1.4.3.
LEAST_CONTRAST: Final = 4.5

_COLOUR: Final = re.compile(r"#[0-9a-f]{6}", re.ASCII)


def is_colour(written: str) -> bool:
    """Whether it is a colour as "#1b4b66", in small letters."""
    return _COLOUR.fullmatch(written) is not None


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), whichever is in front."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def carries_white(colour: str) -> bool:
    """Whether white words on it are readable."""
    return contrast(colour, "#ffffff") >= LEAST_CONTRAST


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
