"""Skolverket's statistics exports: by municipality and by school unit, headings in one row or two, wide and long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from samspel.kernel.values.periods import Period
from samspel.registry.rules.official.catalogue import Report, indicators, report_of, reports, test_subjects
from samspel.registry.rules.official.cells import BAD, Cells, expected_of
from samspel.registry.rules.official.gathering import Gathering
from samspel.registry.rules.official.headings import federation_key, fold, heading, letter, tidy
from samspel.registry.rules.official.recognition import heading_place
from samspel.registry.rules.official.results import Kind, Offering, Organizer, SchoolUnit, Value
from samspel.registry.rules.official.subjects import code_text, name_refused, organization, unit_refused
from samspel.registry.rules.official.tables import Row, Sheet
from samspel.registry.rules.official.years import period_of

SLICES = {
    "samtliga": "all",
    "kommunal": "municipal",
    "kom": "municipal",
    "enskild": "private",
    "ensk": "private",
    "fristående": "private",
    "statlig": "state",
    "region": "region",
    "landsting": "region",
    "internationellaskolor": "intl",
}
SEXES = {"flickor": "girls", "pojkar": "boys", "totalt": "all", "samtliga": "all", "kvinnor": "girls", "män": "boys"}
# Heading of a column that says whom a row speaks of, to its part.
_PARTS = {
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
class _Preamble:
    """What the lines above the table say."""

    title: str = ""
    period: Period | None = None
    stated: str = ""
    slice: str = ""
    extracted_on: date | None = None


@dataclass
class _Table:
    """A table's columns: the parts that name a row's subject, and the figures with their plan."""

    kind: Kind
    report: Report
    sheet: Sheet
    start: int
    width: int
    headings: list[str]
    parts: dict[str, int]
    preamble: _Preamble
    # (indicator key or template, sex, column)
    figures: list[tuple[str, str, int]] = field(default_factory=list)
    # (period, column) of a table with a column per school year
    periods: list[tuple[Period, int]] = field(default_factory=list)

    def named(self) -> dict[str, str]:
        """The file's own heading for each part."""
        return {part: self.headings[place] for part, place in self.parts.items()}


def read(sheets: Sequence[Sheet], out: Gathering) -> Kind:
    """Add the values of every sheet that has a table; the kind is the first table's."""
    found: Kind | None = None
    cells: dict[str, Cells] = {}
    seen: set[tuple[object, ...]] = set()
    for sheet in sheets:
        place = heading_place(sheet.rows)
        if place is None or place[0] not in _PARTS:
            continue
        found = found or place[0]
        if table := _table(sheet, place[0], place[1], out):
            _Rows(table, out, cells, seen).read()
    return found or Kind.STATISTICS_MUNICIPALITY


def _preamble(rows: Sequence[Row]) -> _Preamble:
    said = _Preamble()
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


def _table(sheet: Sheet, kind: Kind, place: int, out: Gathering) -> _Table | None:
    head, row = sheet.rows[place], sheet.numbers[place]
    said = _preamble(sheet.rows[:place])
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
    parts, names = {}, _PARTS[kind]
    for at, text in enumerate(headings):
        if (part := names.get(fold(text))) and part not in parts and at < 8:
            parts[part] = at
    table = _Table(kind, report, sheet, place + 1, width, headings, parts, said)
    before = out.faults.error_count
    _need(table, row, out)
    _plan(table, _groups(sheet.rows[place - 1] if place else (), len(headings)), row, out)
    return table if out.faults.error_count == before else None


def _need(table: _Table, row: int, out: Gathering) -> None:
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


def _plan(table: _Table, groups: list[str], row: int, out: Gathering) -> None:
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


class _Rows:
    """Reads the rows of one table."""

    def __init__(self, table: _Table, out: Gathering, cells: dict[str, Cells], seen: set[tuple[object, ...]]) -> None:
        self.table, self.out, self.cells, self.seen = table, out, cells, seen
        self.sheet, self.parts, self.named = table.sheet, table.parts, table.named()
        self.plans: dict[object, list[tuple[str, int, str, int, Cells, Period]] | None] = {}
        self.organizers: dict[str, str] = {organizer.organization_number: "" for organizer in out.organizers}

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
        subject = self._unit(row, number) if is_unit else self._municipality(row, number)
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
        plan: list[tuple[str, int, str, int, Cells, Period]],
        subject: tuple[str, str, str, str],
    ) -> None:
        kind, code, part, row_sex = subject
        add, new = self.out.values.append, tuple.__new__
        for key, version, sex, at, cells, period in plan:
            value, mark, note = cells[row[at]]
            if mark is BAD:
                self._bad_cell(row[at], note or "", cells, number, at)
                continue
            add(new(Value, (key, version, kind, code, part, row_sex if sex == "all" else sex, period.kind,
                            period.label, value, mark, number, note)))  # fmt: skip

    def _bad_cell(self, raw: object, code: str, cells: Cells, number: int, at: int) -> None:
        expected, among = expected_of(code, cells)
        self._error(code, expected, number, self.table.headings[at], raw, among)

    def _municipality(self, row: Row, number: int) -> tuple[str, str] | None:
        parts = self.parts
        name, code = row[parts["name"]], row[parts["code"]]
        county = row[parts["county"]] if "county" in parts else None
        if self.table.report.federations and county is not None and not tidy(county):
            return self._federation(str(name), code_text(code), number)
        found, refused = self.out.towns.judge(code, name, county)
        if refused:
            self.out.refuse(refused, row=number, sheet=self.sheet.name, headings=self.named)
            return None
        return "municipality", found

    def _federation(self, name: str, code: str, number: int) -> tuple[str, str] | None:
        """A federation has no county, and a code that is no municipality's or none: it is known by its name."""
        if code and not (len(code) == 4 and code.startswith("3") and code.isascii() and code.isdigit()):
            self._error("bad_county_code", "county_of_municipality", number, self.named.get("county", ""), "")
            return None
        number_of = self.out.known.federations.get(federation_key(name))
        if number_of is None:
            self.out.skipped["unknown_federation"] += 1
            return None
        return "organizer", number_of

    def _unit(self, row: Row, number: int) -> tuple[str, str] | None:
        parts = self.parts
        code, name = code_text(row[parts["unit"]]), tidy(row[parts["unit_name"]])
        town, town_refused = self.out.towns.judge(row[parts["code"]], row[parts["name"]])
        org, org_refused = organization(row[parts["organizer"]])
        refusals = [unit_refused(code), name_refused(name), town_refused, org_refused]
        if found := [refused for refused in refusals if refused]:
            named = {**self.named, "code": self.named["unit" if refusals[0] else "code"]}
            if refusals[1]:
                named["name"] = self.named["unit_name"]
            for refused in found:
                self.out.refuse(refused, row=number, sheet=self.sheet.name, headings=named)
            return None
        if ("school_unit", code) not in self.seen:
            self.seen.add(("school_unit", code))
            self._keep_unit(row, number, code, name, town, org)
        return "school_unit", code

    def _keep_unit(self, row: Row, number: int, code: str, name: str, town: str, org: str) -> None:
        offerings = (Offering("GR", (), (), None),)
        self.out.school_units.append(SchoolUnit(code, name, town, org, "", offerings, self.sheet.name, number))
        written = tidy(row[self.parts["organizer_name"]]) if "organizer_name" in self.parts else ""
        if org in self.organizers or name_refused(written):
            return
        self.organizers[org] = written
        part = SLICES.get(fold(row[self.parts["slice"]]), "") if "slice" in self.parts else ""
        kinds = {"private": "private", "state": "state", "region": "region", "municipal": _municipal_type(org)}
        if kind := kinds.get(part):
            self.out.organizers.append(Organizer(org, written, kind, "", (), self.sheet.name, number))

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

    def _plan(self, row: Row, number: int) -> list[tuple[str, int, str, int, Cells, Period]] | None:
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

    def _measure_plan(self, told: str) -> list[tuple[str, int, str, int, Cells, Period]] | None:
        key = self.table.report.columns.get(heading(told))
        if key is None:
            return None
        return [self._figure(key, "all", at, period) for period, at in self.table.periods]

    def _figure_plan(self, told: object) -> list[tuple[str, int, str, int, Cells, Period]] | None:
        period = self.table.preamble.period
        subject = "" if told is None else test_subjects().get(fold(told))
        if subject is None or period is None:
            return None
        return [self._figure(key.replace("{subject}", subject), sex, at, period) for key, sex, at in self.table.figures]

    def _figure(self, key: str, sex: str, at: int, period: Period) -> tuple[str, int, str, int, Cells, Period]:
        definition = indicators()[key]
        if key not in self.cells:
            self.cells[key] = definition.cells()
        return key, definition.version_for(period.label), sex, at, self.cells[key], period


def _municipal_type(organization_number: str) -> str:
    """A municipality's number begins with 2120 (Gotland's too); other municipal organizers are federations."""
    return "municipality" if organization_number.startswith("2120") else "municipal_federation"
