"""Kolada's files: one key figure by municipality, region and country, and by year, some also by sex."""

from __future__ import annotations

from typing import NamedTuple

from samspel.registry.rules.official.catalogue import IndicatorDefinition, kolada_indicators
from samspel.registry.rules.official.cells import BAD, expected_of
from samspel.registry.rules.official.gathering import Gathering
from samspel.registry.rules.official.headings import fold
from samspel.registry.rules.official.results import Value
from samspel.registry.rules.official.tables import Row, Sheet
from samspel.registry.rules.official.years import kolada_period

_SEXES = {"K": "girls", "M": "boys", "T": "all"}
_FIRST_YEAR, _LAST_YEAR = 1970, 2100


class _Columns(NamedTuple):
    geo: int
    year: int
    sex: int | None
    figure: int


def read(sheet: Sheet, place: int, out: Gathering) -> None:
    """Add a file's values to `out`. An empty figure is a missing one."""
    head = [fold(cell) for cell in sheet.rows[place]]
    while head and not head[-1]:
        head.pop()
    definition = kolada_indicators().get(head[-1])
    if definition is None:
        among = tuple(d.kolada for d in kolada_indicators().values())
        out.faults.error(
            "unknown_kpi", "one_of", row=sheet.numbers[place], column=head[-1], stood=head[-1], among=among
        )
        return
    unknown = [cell for cell in head[:-1] if cell not in ("geo", "year", "gender")]
    if unknown or len(set(head)) != len(head):
        out.faults.error(
            "unknown_column",
            "one_of",
            row=sheet.numbers[place],
            stood=", ".join(unknown or head),
            among=("geo", "year", "gender", definition.kolada.lower()),
        )
        return
    out.title = f"{definition.kolada} {definition.name_sv}"
    sex = head.index("gender") if "gender" in head else None
    _read_rows(sheet, place, definition, _Columns(head.index("geo"), head.index("year"), sex, len(head) - 1), out)


def _subject(code: str, out: Gathering) -> tuple[str, tuple[str, str] | None]:
    if len(code) == 4 and code.isascii() and code.isdigit():
        if code == "0000":
            return "country", None
        if code < "0100":
            return ("region", None) if code <= "0025" else ("", ("unknown_region", "region_code"))
        if out.known.municipalities and code not in out.known.municipalities:
            return "", ("unknown_municipality", "known_municipality")
        return "municipality", None
    if len(code) < 4 and code.isascii() and code.isdigit():
        return "", ("code_without_zero", "municipality_code")
    return "", ("bad_municipality_code", "municipality_code")


def _period(text: str, definition: IndicatorDefinition) -> tuple[str, str, int] | None:
    if len(text) != 4 or not (text.isascii() and text.isdigit()) or not _FIRST_YEAR < int(text) < _LAST_YEAR:
        return None
    kind, label = kolada_period(int(text), definition.year)
    return kind, label, definition.version_for(label)


def _read_rows(sheet: Sheet, place: int, definition: IndicatorDefinition, columns: _Columns, out: Gathering) -> None:
    cells = definition.cells(points=True, commas=False, blank_is_missing=True)
    subjects: dict[object, tuple[str, tuple[str, str] | None]] = {}
    periods: dict[object, tuple[str, str, int] | None] = {}
    seen: set[tuple[object, object, object]] = set()
    key, part, error = definition.key, definition.slice, out.faults.error
    geo_at, year_at, sex_at, figure_at = columns
    width, heading = figure_at + 1, definition.kolada.lower()
    add, new = out.values.append, tuple.__new__
    for number, row in zip(sheet.numbers[place + 1 :], sheet.rows[place + 1 :], strict=True):
        if len(row) != width:
            if any(str(cell).strip() for cell in row):
                out.rows += 1
                _note_width(row, width, number, out)
            continue
        out.rows += 1
        geo, year, sex_text = row[geo_at], row[year_at], "T" if sex_at is None else row[sex_at]
        if geo not in subjects:
            subjects[geo] = _subject(str(geo), out)
        if year not in periods:
            periods[year] = _period(str(year), definition)
        (kind, refused), period, sex = subjects[geo], periods[year], _SEXES.get(str(sex_text))
        value, mark, note = cells[row[figure_at]]
        asked = (geo, year, sex_text)
        if refused or period is None or sex is None or mark is BAD or asked in seen:
            if refused:
                error(refused[0], refused[1], row=number, column="geo", stood=geo)
            if period is None:
                error("bad_period", "year", row=number, column="year", stood=year)
            if sex is None:
                error("unknown_sex", "one_of", row=number, column="gender", stood=sex_text, among=("K", "M", "T"))
            if mark is BAD and note:
                expected, among = expected_of(note, cells)
                error(note, expected, row=number, column=heading, stood=row[figure_at], among=among)
            if asked in seen:
                error(
                    "duplicate_row",
                    "one_row_each",
                    row=number,
                    stood=" ".join(map(str, asked[: 2 + (sex_at is not None)])),
                )
            continue
        seen.add(asked)
        add(new(Value, (key, period[2], kind, geo, part, sex, period[0], period[1], value, mark, number, note)))
    _note_end(sheet, out)


def _note_width(row: Row, width: int, number: int, out: Gathering) -> None:
    if len(row) < width:
        out.faults.error("row_too_short", "cells_as_header", row=number, stood=len(row))
    else:
        out.faults.error("row_too_long", "cells_as_header", row=number, stood=row[-1])


def _note_end(sheet: Sheet, out: Gathering) -> None:
    if not out.rows:
        out.faults.error("no_data", "rows_of_data")
    elif sheet.is_text and not sheet.ends_with_newline:
        # Every official file ends its last line; without that the last figure may be half a figure.
        out.faults.error("truncated", "whole_file", row=sheet.numbers[-1])
