"""One cell as a value and its mark. A withheld value is never zero, and a mark is never a number."""

from __future__ import annotations

import re

MARKS_BY_TEXT = {
    ".": "missing",
    "...": "missing",
    "-": "missing",
    "*": "missing",
    "NA": "missing",
    "..": "suppressed",
}
# The mark of a cell that is at fault; its third part is then the fault's code.
BAD = "bad"

_SWEDISH = re.compile(r"-?(?:[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_POINTED = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_INTERVAL = re.compile(r"~ ?[0-9]{1,3}(?:[.,][0-9]+)?")
_APPROXIMATE = re.compile(r"(?:cirka|ca|c:a) +(.+)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \u00a0\u2009\u202f]")
_WHOLE_DIGITS = 13

Cell = tuple[str | None, str, str | None]


def number_text(raw: float) -> str:
    """A workbook's number as text with a decimal point and no tail of a binary fraction."""
    text = format(raw, ".12g")
    return text if "e" not in text else format(raw, ".6f")


def plain_number(text: str, *, points: bool, commas: bool) -> str | None:
    """Text as a number with a decimal point, or None. A minus of typesetters counts as a minus."""
    text = text.replace("\u2212", "-")
    if points and _POINTED.fullmatch(text):
        return text
    if commas and _SWEDISH.fullmatch(text):
        return _BLANKS.sub("", text).replace(",", ".")
    return None


class Cells(dict[object, Cell]):
    """Raw cell to (value, mark, note), worked out once for each text that occurs.

    A cell at fault gives (None, BAD, code). The limits are the indicator's: least and most in its own unit.
    """

    def __init__(
        self,
        *,
        least: float | None = 0,
        most: float | None = None,
        whole: bool = False,
        zero_is_missing: bool = False,
        points: bool = False,
        commas: bool = True,
        blank_is_missing: bool = False,
    ) -> None:
        super().__init__()
        self.least, self.most, self.whole, self.zero_is_missing = least, most, whole, zero_is_missing
        self.points, self.commas = points, commas
        self[""] = (None, "missing", None) if blank_is_missing else (None, BAD, "empty_cell")

    def __missing__(self, raw: object) -> Cell:
        found = self[raw] = self._read(raw)
        return found

    def _read(self, raw: object) -> Cell:
        if isinstance(raw, (int, float)) and not isinstance(raw, bool):
            return self._within_limits(number_text(raw), "exact", None)
        text = str(raw).strip()
        if not text:
            return self[""]
        if mark := MARKS_BY_TEXT.get(text):
            return None, mark, None
        if text[0] == "~" and _INTERVAL.fullmatch(text):
            return None, "interval", text
        if text[0] in "cC" and (found := _APPROXIMATE.fullmatch(text[:60])):
            number = plain_number(found[1], points=self.points, commas=self.commas)
            return (None, BAD, "not_a_number") if number is None else self._within_limits(number, "approximate", text)
        number = plain_number(text, points=self.points, commas=self.commas)
        if number is None:
            return None, BAD, "formula" if text[0] in "=+@" else "not_a_number"
        return self._within_limits(number, "exact", None)

    def _within_limits(self, text: str, mark: str, note: str | None) -> Cell:
        whole, _, rest = text.lstrip("-").partition(".")
        if not (whole.isascii() and whole.isdigit()):
            return None, BAD, "not_a_number"
        if len(whole) > _WHOLE_DIGITS or len(rest) > 20:
            return None, BAD, "number_too_large"
        number = float(text)
        if self.least is not None and number < self.least:
            return None, BAD, "negative_number"
        if self.most is not None and number > self.most:
            return None, BAD, "over_the_top"
        if self.whole and not number.is_integer():
            return None, BAD, "not_whole"
        if self.zero_is_missing and number == 0:
            return None, "missing", None
        return text, mark, note


EXPECTED_BY_CODE = {
    "empty_cell": "number_or_mark",
    "not_a_number": "number_or_mark",
    "formula": "value_not_formula",
    "number_too_large": "number",
    "negative_number": "number_not_negative",
    "not_whole": "whole_number",
}


def expected_of(code: str, cells: Cells) -> tuple[str, tuple[str, ...]]:
    """What was expected where a cell of these limits is at fault, and the limit where there is one."""
    if code == "over_the_top":
        return ("share_0_100", ()) if cells.most == 100 else ("number_at_most", (f"{cells.most:g}",))
    return EXPECTED_BY_CODE[code], ()
