"""How a table of an export lies: the lines above it, its columns in one row of headings or two, wide or long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from samspel.kernel.values.periods import Period
from samspel.registry.rules.official.catalogue import Report, report_of, reports
from samspel.registry.rules.official.gathering import Gathering
from samspel.registry.rules.official.headings import fold, heading, letter, tidy
from samspel.registry.rules.official.results import Kind
from samspel.registry.rules.official.statistics.words import SEXES, SLICES
from samspel.registry.rules.official.tables import Row, Sheet
from samspel.registry.rules.official.years import period_of

# Heading of a column that says whom a row speaks of, to its part.
PARTS = {
    Kind.STATISTICS_MUNICIPALITY: {
        "kommun": "name",
        "kommunkod": "code",
        "län": "county_name",
        "länskod": "county",
        "typavhuvudman": "slice",
        "kön": "sex",
        "ämne": "test",
        "uppgift": "measure",
    },
    Kind.STATISTICS_SCHOOL_UNIT: {
        "skola": "unit_name",
        "skolenhetskod": "unit",
        "skolkommun": "name",
        "kommunkod": "code",
        "typavhuvudman": "slice",
        "huvudman": "organizer_name",
        "huvudmanorgnr": "organizer",
        "kön": "sex",
        "ämne": "test",
    },
}
_NEEDED = {
    Kind.STATISTICS_MUNICIPALITY: (("name", "Kommun"), ("code", "Kommun-kod")),
    Kind.STATISTICS_SCHOOL_UNIT: (("unit", "Skol-enhetskod"), ("unit_name", "Skola"), ("code", "Kommun-kod"),
                                  ("name", "Skolkommun"), ("organizer", "Huvudman orgnr")),
}  # fmt: skip


@dataclass
class Preamble:
    """What the lines above the table say."""

    title: str = ""
    period: Period | None = None
    stated: str = ""
    slice: str = ""
    extracted_on: date | None = None


@dataclass
class Table:
    """A table's columns: the parts that name a row's subject, and the figures with their plan."""

    kind: Kind
    report: Report
    sheet: Sheet
    start: int
    width: int
    headings: list[str]
    parts: dict[str, int]
    preamble: Preamble
    # (indicator key or template, sex, column)
    figures: list[tuple[str, str, int]] = field(default_factory=list)
    # (period, column) of a table with a column per school year
    periods: list[tuple[Period, int]] = field(default_factory=list)

    def named(self) -> dict[str, str]:
        """The file's own heading for each part."""
        return {part: self.headings[place] for part, place in self.parts.items()}


def preamble_of(rows: Sequence[Row]) -> Preamble:
    """Title, period, slice and day of extraction as the lines above a table state them."""
    said = Preamble()
    for row in rows:
        line = tidy(row[0]) if row else ""
        name, colon, rest = line.partition(":")
        word, rest = fold(name), rest.strip()
        if not line:
            continue
        if colon and word in ("valtläsår", "valtår"):
            said.stated = rest
            said.period = period_of(rest)
        elif colon and word == "valtuttag":
            try:
                said.extracted_on = date.fromisoformat(rest)
            except ValueError:
                said.extracted_on = None
        elif colon and word == "typavhuvudman":
            said.slice = SLICES.get(fold(rest), "")
        elif not said.stated and not word.startswith("statistikfrånskolverket"):
            said.title = line[:300]
    return said


def table_of(sheet: Sheet, kind: Kind, place: int, out: Gathering) -> Table | None:
    """The table whose heading stands at `place`, or None with faults: unknown report, columns, or no period."""
    head, row = sheet.rows[place], sheet.numbers[place]
    said = preamble_of(sheet.rows[:place])
    out.title = out.title or said.title
    out.extracted_on = out.extracted_on or said.extracted_on
    report = report_of(said.title)
    if report is None:
        among = tuple(known.title for known in reports())
        out.faults.error("unknown_report", "one_of", sheet=sheet.name, row=1, stood=said.title, among=among)
        return None
    headings = [tidy(cell) for cell in head]
    # A text export ends each line with a delimiter: one empty cell too many, also in the heading.
    width = len(headings)
    if place + 1 < len(sheet.rows) and not any(headings[len(sheet.rows[place + 1]) :]):
        # In the oldest exports only the heading has it.
        width = min(width, len(sheet.rows[place + 1]))
    parts, names = {}, PARTS[kind]
    for at, text in enumerate(headings):
        if (part := names.get(fold(text))) and part not in parts and at < 8:
            parts[part] = at
    table = Table(kind, report, sheet, place + 1, width, headings, parts, said)
    before = out.faults.error_count
    _need(table, row, out)
    _plan(table, _groups(sheet.rows[place - 1] if place else (), len(headings)), row, out)
    return table if out.faults.error_count == before else None


def _need(table: Table, row: int, out: Gathering) -> None:
    for part, written in _NEEDED[table.kind]:
        if part not in table.parts:
            out.faults.error("missing_column", "column_named", sheet=table.sheet.name, row=row, among=(written,))
    has_slice = "slice" in table.parts or table.preamble.slice
    if table.kind is Kind.STATISTICS_MUNICIPALITY and not has_slice:
        among = ("Typ av huvudman",)
        out.faults.error("missing_column", "column_named", sheet=table.sheet.name, row=row, among=among)
    if table.report.by_test_subject and "test" not in table.parts:
        out.faults.error("missing_column", "column_named", sheet=table.sheet.name, row=row, among=("Ämne",))
    if "measure" not in table.parts and table.preamble.period is None:
        code = "bad_period" if table.preamble.stated else "no_period"
        stood = table.preamble.stated
        out.faults.error(code, "period_line", sheet=table.sheet.name, row=1, stood=stood)


def _groups(row: Row, width: int) -> list[str]:
    """Group names above the headings, one per column: repeated in text, merged (so once) in workbooks."""
    cells = [tidy(cell) for cell in row[:width]] + [""] * (width - len(row))
    if not any(cells[3:]):
        return [""] * width
    last, filled = "", []
    for cell in cells:
        last = cell or last
        filled.append(last)
    return filled


def _plan(table: Table, groups: list[str], row: int, out: Gathering) -> None:
    subjects = set(table.parts.values())
    taken: set[tuple[str, str]] = set()
    for at, text in enumerate(table.headings):
        if at in subjects or not text:
            continue
        if "measure" in table.parts:
            if (period := period_of(text)) is None:
                out.faults.error("bad_period", "school_year", sheet=table.sheet.name, row=row, column=text, stood=text)
            elif any(period == other for other, _ in table.periods):
                out.faults.error("duplicate_column", "columns_once", sheet=table.sheet.name, row=row, stood=text)
            else:
                table.periods.append((period, at))
            continue
        sex, measure = _measure(groups[at], text)
        key = table.report.columns.get(heading(measure))
        if key is None:
            out.faults.error(
                "unknown_column",
                "one_of",
                sheet=table.sheet.name,
                row=row,
                column=letter(at),
                stood=measure,
                among=table.report.written,
            )
        elif (key, sex) in taken:
            out.faults.error("duplicate_column", "columns_once", sheet=table.sheet.name, row=row, stood=measure)
        else:
            taken.add((key, sex))
            table.figures.append((key, sex, at))
    if not table.figures and not table.periods:
        among = table.report.written
        out.faults.error("missing_column", "one_of", sheet=table.sheet.name, row=row, among=among)


def _measure(group: str, text: str) -> tuple[str, str]:
    """Sex and measure of a column under a group: either of the two names may be the sex."""
    if not group:
        return "all", text
    if sex := SEXES.get(fold(group)):
        return sex, text
    if sex := SEXES.get(fold(text)):
        return sex, group
    return "all", f"{group}; {text}"
