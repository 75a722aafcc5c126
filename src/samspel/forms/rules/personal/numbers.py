"""Personal numbers (folkbokföringslagen 1991:481, 18 §) and coordination numbers (lag 2022:1697: the day plus 60)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from samspel.forms.rules.personal.findings import Finding, Kind
from samspel.kernel.values.identifiers import has_valid_check_digit

_NUMBER: Final = re.compile(
    r"(?<![\d\-–/:.])(?P<century>19|20)?(?P<year>\d\d)(?P<apart>-?)(?P<month>\d\d)(?P=apart)(?P<day>\d\d)"
    r"(?P<mark>[ \u00a0]?[-–+][ \u00a0]?|[ \u00a0])?(?P<last>\d{4}|[xX*]{4})(?![\d/]|-\d)"
)
# Ten digits in a row that begin as a mobile number does are one.
_MOBILE: Final = re.compile(r"07[02369]\d{7}")
_OLDEST: Final = 1900


def numbers(text: str) -> Iterator[Finding]:
    """Numbers with a day of birth in them. Without a mark between day and serial, the check digit must agree."""
    for match in _NUMBER.finditer(text):
        day = int(match["day"])
        is_coordination = day > 60
        if not _is_a_day(match["century"], match["year"], match["month"], day - 60 * is_coordination):
            continue
        if match["last"][0] in "xX*" or _checks(match) or _is_mistyped(match):
            kind = Kind.COORDINATION_NUMBER if is_coordination else Kind.PERSONAL_NUMBER
            yield Finding(kind, match.start(), match.end())


def _is_a_day(century: str | None, year: str, month: str, day: int) -> bool:
    for start in (century,) if century else ("19", "20"):
        try:
            return date(int(start + year), int(month), day).year >= _OLDEST
        except ValueError:
            continue
    return False


def _is_mistyped(match: re.Match[str]) -> bool:
    """A number with its mark and a wrong check digit; a period such as 240819-1213 is none."""
    last = match["last"]
    is_a_later_day = _is_a_day(match["century"], match["year"], last[:2], int(last[2:]))
    return bool(match["mark"] and match["mark"].strip()) and not is_a_later_day


def _checks(match: re.Match[str]) -> bool:
    if _MOBILE.fullmatch(match[0]):
        return False
    return has_valid_check_digit("".join(match[name] for name in ("year", "month", "day", "last")))
