"""A plain table for what no official file has: indicator, subject, value, year and source in each row."""

from __future__ import annotations

from samspel.kernel.values.periods import Period
from samspel.registry.rules.official.catalogue import indicators
from samspel.registry.rules.official.cells import BAD, Cells, expected_of
from samspel.registry.rules.official.gathering import Gathering
from samspel.registry.rules.official.headings import fold, tidy
from samspel.registry.rules.official.recognition import plain_columns
from samspel.registry.rules.official.results import Value
from samspel.registry.rules.official.statistics.words import SEXES, SLICES
from samspel.registry.rules.official.subjects import (
    Refused,
    code_text,
    municipality_refused,
    organization,
    unit_refused,
)
from samspel.registry.rules.official.tables import Row, Sheet
from samspel.registry.rules.official.years import period_of

SOURCE_MOST = 300
_EXTRA = {
    "slice": ("typavhuvudman", "huvudmannatyp", "slice", "organizertype"),
    "sex": ("kön", "sex"),
}
_SLICES = {**SLICES, "all": "all", "municipal": "municipal", "private": "private", "state": "state"}
_SEXES = {**SEXES, "all": "all", "girls": "girls", "boys": "boys"}


def read(sheet: Sheet, place: int, out: Gathering) -> None:
    """Add the table's values to `out`."""
    head = sheet.rows[place]
    columns = plain_columns(head) or {}
    for part, words in _EXTRA.items():
        for at, cell in enumerate(head):
            if fold(cell) in words:
                columns.setdefault(part, at)
    _Rows(sheet, columns, [tidy(cell) for cell in head], out).read(place + 1)


class _Rows:
    """Reads the rows of one plain table."""

    def __init__(self, sheet: Sheet, columns: dict[str, int], headings: list[str], out: Gathering) -> None:
        self.sheet, self.columns, self.headings, self.out = sheet, columns, headings, out
        self.cells: dict[str, Cells] = {}
        self.seen: set[tuple[str, ...]] = set()
        names = {fold(word): key for key, d in indicators().items() for word in (d.key, d.name_sv, d.name_en)}
        self.indicators = {**names, **{fold(key): key for key in out.known.indicators}}

    def read(self, start: int) -> None:
        """Every row with something in it."""
        width = max(self.columns.values()) + 1
        for number, row in zip(self.sheet.numbers[start:], self.sheet.rows[start:], strict=True):
            if not any(tidy(cell) for cell in row):
                continue
            self.out.rows += 1
            if len(row) < width:
                self._error("row_too_short", "cells_as_header", number, "", len(row))
            elif len(row) > len(self.headings) and any(tidy(cell) for cell in row[len(self.headings) :]):
                self._error("row_too_long", "cells_as_header", number, "", row[-1])
            else:
                self._row(row, number)
        if not self.out.rows:
            self._error("no_data", "rows_of_data", 0, "", "")

    def _error(self, code: str, expected: str, row: int, part: str, stood: object, among: tuple[str, ...] = ()) -> None:
        column = self.headings[self.columns[part]] if part in self.columns else ""
        self.out.faults.error(code, expected, sheet=self.sheet.name, row=row, column=column, stood=stood, among=among)

    def _row(self, row: Row, number: int) -> None:
        key = self._indicator(row, number)
        kind, code = self._subject(code_text(row[self.columns["subject"]]), number)
        period = self._period(code_text(row[self.columns["year"]]), number)
        part = self._word("slice", _SLICES, "unknown_slice", row, number)
        sex = self._word("sex", _SEXES, "unknown_sex", row, number)
        source = self._source(row, number)
        if not (key and kind and period and part and sex and source):
            return
        value, mark, note = self._cell(key)[row[self.columns["value"]]]
        if mark is BAD:
            expected, among = expected_of(note or "", self.cells[key])
            self._error(note or "", expected, number, "value", row[self.columns["value"]], among)
            return
        asked = (key, kind, code, part, sex, period.label)
        if asked in self.seen:
            self._error("duplicate_row", "one_row_each", number, "subject", code)
            return
        self.seen.add(asked)
        definition = indicators().get(key)
        version = definition.version_for(period.label) if definition else 1
        where = (key, version, kind, code, part, sex, period.kind, period.label)
        self.out.values.append(Value(*where, value, mark, number, source if note is None else f"{note}; {source}"))

    def _cell(self, key: str) -> Cells:
        if key not in self.cells:
            definition = indicators().get(key)
            self.cells[key] = definition.cells(points=True) if definition else Cells(least=None, points=True)
        return self.cells[key]

    def _indicator(self, row: Row, number: int) -> str | None:
        text = tidy(row[self.columns["indicator"]])
        key = self.indicators.get(fold(text))
        if key is None:
            self._error("unknown_indicator", "one_of", number, "indicator", text, tuple(indicators()))
        return key

    def _subject(self, text: str, number: int) -> tuple[str, str]:
        """Kind and code; the number of digits tells a municipality, an organizer and a school unit apart."""
        digits = sum(character.isdigit() for character in text)
        refused: Refused | None
        if digits in (10, 12):
            code, refused = organization(text)
            kind = "organizer"
        elif len(text) == 8:
            kind, code, refused = "school_unit", text, unit_refused(text)
        elif digits == len(text) and digits in (3, 4):
            kind, code, refused = "municipality", text, municipality_refused(text)
            known = self.out.known.municipalities
            if not refused and known and code not in known:
                refused = Refused("unknown_municipality", "known_municipality", "code", code)
        else:
            kind, code, refused = "", "", Refused("unknown_subject", "subject_code", "code", text)
        if refused:
            self._error(refused.code, refused.expected, number, "subject", refused.stood)
            return "", ""
        return kind, code

    def _period(self, text: str, number: int) -> Period | None:
        period = period_of(text)
        if period is None:
            self._error("bad_period", "year", number, "year", text)
        return period

    def _word(self, part: str, words: dict[str, str], code: str, row: Row, number: int) -> str | None:
        at = self.columns.get(part)
        if at is None or at >= len(row) or not tidy(row[at]):
            return "all"
        found = words.get(fold(row[at]))
        if found is None:
            self._error(code, "one_of", number, part, row[at], tuple(sorted(set(words.values()))))
        return found

    def _source(self, row: Row, number: int) -> str:
        text = tidy(row[self.columns["source"]])
        if not text:
            self._error("no_source", "source", number, "source", "")
        elif len(text) > SOURCE_MOST:
            self._error("text_too_long", "short_text", number, "source", text)
            return ""
        return text
