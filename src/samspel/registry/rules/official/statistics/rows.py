"""The rows of an export's table as values, each figure with its indicator, definition, period and mark."""

from __future__ import annotations

from samspel.kernel.values.periods import Period
from samspel.registry.rules.official.catalogue import indicators, subjects_of_tests
from samspel.registry.rules.official.cells import BAD, Cells, expected_of
from samspel.registry.rules.official.gathering import Gathering
from samspel.registry.rules.official.headings import fold, heading, tidy
from samspel.registry.rules.official.results import Kind, Value
from samspel.registry.rules.official.statistics.layout import Table
from samspel.registry.rules.official.statistics.subjects import Subjects
from samspel.registry.rules.official.statistics.words import SEXES, SLICES
from samspel.registry.rules.official.subjects import code_text
from samspel.registry.rules.official.tables import Row

# Indicator, definition version, sex, column, its cells, kind and label of the period: worked out once for many rows.
Planned = tuple[str, int, str, int, Cells, str, str]


class Rows:
    """Reads the rows of one table."""

    def __init__(self, table: Table, out: Gathering, cells: dict[str, Cells], seen: set[tuple[object, ...]]) -> None:
        self.table, self.out, self.cells, self.seen = table, out, cells, seen
        self.sheet, self.parts, self.named = table.sheet, table.parts, table.named()
        self.plans: dict[object, list[Planned] | None] = {}
        self.subjects = Subjects(table, out)

    def read(self) -> None:
        """Every row of data, up to the blank row that ends it."""
        rows, numbers, start, width = self.sheet.rows, self.sheet.numbers, self.table.start, self.table.width
        read = 0
        end = len(rows)
        for at in range(start, len(rows)):
            row = rows[at]
            if not row or (not str(row[0]).strip() and not any(tidy(cell) for cell in row)):
                end = at
                break
            if str(row[0])[:1] in "Rr" and fold(row[0]).startswith("rapportbeskrivning"):
                end = at
                break
            read += 1
            if len(row) < width:
                self._error("row_too_short", "cells_as_header", numbers[at], "", len(row))
            elif len(row) > width and any(tidy(cell) for cell in row[width:]):
                stood = next(cell for cell in row[width:] if tidy(cell))
                self._error("row_too_long", "cells_as_header", numbers[at], "", stood)
            else:
                self._row(row, numbers[at])
        self.out.rows += read
        self._note_end(read, end)

    def _error(
        self, code: str, expected: str, row: int, column: str, stood: object, among: tuple[str, ...] = ()
    ) -> None:
        self.out.faults.error(code, expected, sheet=self.sheet.name, row=row, column=column, stood=stood, among=among)

    def _note_end(self, read: int, end: int) -> None:
        if not read:
            self._error("no_data", "rows_of_data", self.sheet.numbers[self.table.start - 1], "", "")
        rest = self.sheet.rows[end:]
        has_notes = False
        for at, row in enumerate(rest, end):
            first = fold(row[0]) if row else ""
            if first.startswith("rapportbeskrivning"):
                has_notes = True
                break
            code = code_text(row[self.parts["code"]]) if len(row) > self.parts["code"] else ""
            if len(row) >= self.table.width and len(code) == 4 and code.isdigit():
                self._error("rows_after_blank", "whole_file", self.sheet.numbers[at], "", "")
                break
        if self.sheet.is_text and not has_notes and not self.sheet.ends_with_newline:
            self._error("truncated", "whole_file", self.sheet.numbers[-1], "", "")

    def _row(self, row: Row, number: int) -> None:
        is_unit = self.table.kind is Kind.STATISTICS_SCHOOL_UNIT
        subject = self.subjects.unit(row, number) if is_unit else self.subjects.municipality(row, number)
        part, sex = self._slice(row, number), self._sex(row, number)
        plan = self._plan(row, number)
        if subject is None or part is None or sex is None or plan is None:
            return
        asked = (*subject, part, sex, self._told(row, "test"), self._told(row, "measure"))
        if asked in self.seen:
            stood = " ".join(str(told) for told in asked if told)
            self._error("duplicate_row", "one_row_each", number, "", stood)
            return
        self.seen.add(asked)
        self._values(row, number, plan, (*subject, part, sex))

    def _told(self, row: Row, part: str) -> object:
        return fold(row[self.parts[part]]) if part in self.parts else ""

    def _values(
        self,
        row: Row,
        number: int,
        plan: list[Planned],
        subject: tuple[str, str, str, str],
    ) -> None:
        kind, code, part, row_sex = subject
        add, new = self.out.values.append, tuple.__new__
        for key, version, sex, at, cells, period_kind, label in plan:
            value, mark, note = cells[row[at]]
            if mark is BAD:
                self._bad_cell(row[at], note or "", cells, number, at)
                continue
            whose = row_sex if sex == "all" else sex
            add(new(Value, (key, version, kind, code, part, whose, period_kind, label, value, mark, number, note)))

    def _bad_cell(self, raw: object, code: str, cells: Cells, number: int, at: int) -> None:
        expected, among = expected_of(code, cells)
        self._error(code, expected, number, self.table.headings[at], raw, among)

    def _slice(self, row: Row, number: int) -> str | None:
        if "slice" not in self.parts:
            return self.table.preamble.slice or "all"
        text = row[self.parts["slice"]]
        found = SLICES.get(fold(text))
        if found is None:
            among = ("Samtliga", "Kommunal", "Enskild", "Statlig", "Region", "Internationella skolor")
            self._error("unknown_slice", "one_of", number, self.named["slice"], text, among)
        # A unit has one organizer: its figures are all its pupils'.
        return "all" if found and self.table.kind is Kind.STATISTICS_SCHOOL_UNIT else found

    def _sex(self, row: Row, number: int) -> str | None:
        if "sex" not in self.parts:
            return "all"
        text = row[self.parts["sex"]]
        found = SEXES.get(fold(text))
        if found is None:
            self._error("unknown_sex", "one_of", number, self.named["sex"], text, ("Flickor", "Pojkar", "Samtliga"))
        return found

    def _plan(self, row: Row, number: int) -> list[Planned] | None:
        """Which indicators the row's columns hold, worked out once for each test subject or measure."""
        part = "measure" if "measure" in self.parts else "test"
        told = row[self.parts[part]] if part in self.parts else None
        if told not in self.plans:
            self.plans[told] = self._measure_plan(str(told)) if part == "measure" else self._figure_plan(told)
        plan = self.plans[told]
        if plan is None and part == "measure":
            self._error("unknown_column", "one_of", number, self.named[part], told, self.table.report.written)
        elif plan is None:
            among = ("Engelska", "Matematik", "Svenska", "Svenska som andraspråk")
            self._error("unknown_test_subject", "one_of", number, self.named["test"], told, among)
        return plan

    def _measure_plan(self, told: str) -> list[Planned] | None:
        key = self.table.report.columns.get(heading(told))
        if key is None:
            return None
        return [self._figure(key, "all", at, period) for period, at in self.table.periods]

    def _figure_plan(self, told: object) -> list[Planned] | None:
        period = self.table.preamble.period
        subject = "" if told is None else subjects_of_tests().get(fold(told))
        if subject is None or period is None:
            return None
        return [self._figure(key.replace("{subject}", subject), sex, at, period) for key, sex, at in self.table.figures]

    def _figure(self, key: str, sex: str, at: int, period: Period) -> Planned:
        definition = indicators()[key]
        if key not in self.cells:
            self.cells[key] = definition.cells()
        return key, definition.version_for(period.label), sex, at, self.cells[key], period.kind, period.label
