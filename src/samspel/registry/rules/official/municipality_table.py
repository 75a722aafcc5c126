"""The municipality table: code, names, county, organization number and population of every municipality."""

from __future__ import annotations

from samspel.registry.rules.official.gathering import Gathering
from samspel.registry.rules.official.headings import fold, tidy
from samspel.registry.rules.official.recognition import MUNICIPALITY_TABLE
from samspel.registry.rules.official.results import Municipality
from samspel.registry.rules.official.subjects import (
    Refused,
    code_text,
    municipality_refused,
    name_refused,
    organization,
)
from samspel.registry.rules.official.tables import Row, Sheet

_WRITTEN = ("kommunkod", "kommun", "kommun_fullt_namn", "lanskod", "lan", "orgnr", "folkmangd", "folkmangd_ar")


def read(sheet: Sheet, place: int, out: Gathering) -> None:
    """Add the table's municipalities to `out`."""
    head = [fold(cell) for cell in sheet.rows[place]]
    columns: dict[str, int] = {}
    for at, name in enumerate(head):
        if name and name not in MUNICIPALITY_TABLE:
            stood = sheet.rows[place][at]
            out.faults.error("unknown_column", "one_of", row=sheet.numbers[place], stood=stood, among=_WRITTEN)
        elif name in columns:
            out.faults.error("duplicate_column", "columns_once", row=sheet.numbers[place], stood=name)
        elif name:
            columns[name] = at
    for name, written in zip(MUNICIPALITY_TABLE, _WRITTEN, strict=True):
        if name not in columns:
            out.faults.error("missing_column", "column_named", row=sheet.numbers[place], among=(written,))
    if not out.faults.error_count:
        _read_rows(sheet, place, columns, out)


def _read_rows(sheet: Sheet, place: int, columns: dict[str, int], out: Gathering) -> None:
    seen: set[str] = set()
    numbers_seen: set[str] = set()
    width = max(columns.values()) + 1
    for number, row in zip(sheet.numbers[place + 1 :], sheet.rows[place + 1 :], strict=True):
        if not any(tidy(cell) for cell in row):
            continue
        out.rows += 1
        if len(row) < width:
            out.faults.error("row_too_short", "cells_as_header", sheet=sheet.name, row=number, stood=len(row))
            continue
        if len(row) > width and any(tidy(cell) for cell in row[width:]):
            out.faults.error("row_too_long", "cells_as_header", sheet=sheet.name, row=number, stood=row[-1])
            continue
        if found := _municipality(row, number, columns, sheet, out):
            for told, kept in ((found.code, seen), (found.organization_number, numbers_seen)):
                if told in kept:
                    out.faults.error("duplicate_row", "one_row_each", sheet=sheet.name, row=number, stood=told)
                kept.add(told)
            out.municipalities.append(found)
    if not out.rows:
        out.faults.error("no_data", "rows_of_data", sheet=sheet.name)
    elif sheet.is_text and not sheet.ends_with_newline:
        out.faults.error("truncated", "whole_file", row=sheet.numbers[-1])


def _municipality(row: Row, number: int, columns: dict[str, int], sheet: Sheet, out: Gathering) -> Municipality | None:
    cell = {name: row[at] for name, at in columns.items()}
    code, county = code_text(cell["kommunkod"]), code_text(cell["lanskod"])
    name, full_name, county_name = tidy(cell["kommun"]), tidy(cell["kommunfulltnamn"]), tidy(cell["lan"])
    organization_number, organization_refused = organization(cell["orgnr"])
    population, population_refused = _count(cell["folkmangd"], 100_000_000, "folkmangd")
    year, year_refused = _count(cell["folkmangdar"], 2200, "folkmangd_ar")
    county_refused = None
    if county != code[:2]:
        county_refused = Refused("bad_county_code", "county_of_municipality", "lanskod", county)
    refusals = [
        _at(municipality_refused(code), "kommunkod"),
        _at(name_refused(name), "kommun"),
        _at(name_refused(full_name), "kommun_fullt_namn"),
        _at(name_refused(county_name), "lan"),
        county_refused,
        _at(organization_refused, "orgnr"),
        population_refused,
        year_refused,
    ]
    for refused in filter(None, refusals):
        out.refuse(refused, row=number, sheet=sheet.name, headings={})
    if any(refusals):
        return None
    return Municipality(code, name, full_name, county, county_name, organization_number, population, year, number)


def _at(refused: Refused | None, column: str) -> Refused | None:
    return refused._replace(column=column) if refused else None


def _count(raw: object, most: int, column: str) -> tuple[int | None, Refused | None]:
    """A whole number that is not negative; an empty cell is no number."""
    text = code_text(raw)
    if not text:
        return None, None
    digits = text.lstrip("-").replace(" ", "").replace("\u00a0", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12 or int(digits) > most:
        code = "formula" if text[0] in "=+@" else "not_a_number"
        return None, Refused(code, "value_not_formula" if code == "formula" else "whole_number", column, text)
    if text.startswith("-"):
        return None, Refused("negative_number", "number_not_negative", column, text)
    return int(digits), None
