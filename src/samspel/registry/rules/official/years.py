"""School years and calendar years as files state them."""

from __future__ import annotations

import re

from samspel.kernel.values.periods import CALENDAR_YEAR, SCHOOL_YEAR, Period

_LONG = re.compile(r"([0-9]{4})/[0-9]{2}([0-9]{2})")


def period_of(text: str) -> Period | None:
    """`2024/25`, `2024/2025` or `2024` as a period between 1900 and 2199, or None."""
    text = text.strip()
    if found := _LONG.fullmatch(text):
        text = f"{found[1]}/{found[2]}"
    if not text.isascii():
        return None
    try:
        period = Period.parse(text)
    except ValueError:
        return None
    return period if 1900 <= period.start_year < 2200 else None


def kolada_period(year: int, meaning: str) -> tuple[str, str]:
    """Kind and label of a Kolada year: spring is the school year that ends in it, autumn the one that begins."""
    if meaning == "calendar":
        return CALENDAR_YEAR, str(year)
    return SCHOOL_YEAR, Period.school_year(year - 1 if meaning == "spring" else year).label
