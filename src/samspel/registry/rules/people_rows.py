"""Rows of people with roles, as they are pasted or stand in a file: read without guessing. Pure: no Django here.

Tab, semicolon or comma between the cells; headings in Swedish or English, in any order.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
from samspel.kernel.values.sorting import search_key
from samspel.registry.rules import entrants
from samspel.registry.rules.official.archives import is_zip
from samspel.registry.rules.official.faults import Faults
from samspel.registry.rules.official.workbooks import sheets_of

BYTES_MOST: Final = 5_000_000
ROWS_MOST: Final = 2_000
FAULTS_TOLD: Final = 200
_STOOD_MOST: Final = 80

NAME, EMAIL, ROLE, PLACE, UNIT = "name", "email", "role", "place", "unit"
TITLE, PHONE, FROM, TO = "title", "phone", "from_on", "to_on"
COLUMNS: Final = (NAME, EMAIL, ROLE, PLACE, UNIT, TITLE, PHONE, FROM, TO)
REQUIRED: Final = (NAME, EMAIL, ROLE)

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    NAME: ("namn", "name", "fullständigt namn", "person"),
    EMAIL: (
        "e-post", "epost", "e-postadress", "epostadress", "mejl", "mejladress", "mail", "mailadress", "mail address",
        "email", "e-mail", "email address", "e-mail address",
    ),
    ROLE: ("roll", "uppdrag", "role", "task", "appointment"),
    PLACE: (
        "organisationsnummer", "orgnr", "org.nr", "organisationsnr", "huvudman", "lärosäte",
        "organisationsnummer eller lärosäte", "organization number", "organization number or university",
        "organisation number", "organizer", "university", "organization", "organisation",
    ),
    UNIT: ("skolenhetskod", "skolenhet", "enhetskod", "school-unit code", "school unit code", "school unit", "unit"),
    TITLE: (
        "titel", "befattning", "funktion", "titel eller funktion", "title", "work title", "function",
        "title or function",
    ),
    PHONE: ("telefon", "telefonnummer", "tfn", "mobil", "phone", "telephone", "phone number", "mobile"),
    FROM: ("från", "fr.o.m.", "from", "startdatum", "start", "first day", "från och med"),
    TO: ("till", "t.o.m.", "to", "slutdatum", "slut", "end", "last day", "till och med"),
}  # fmt: skip

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "coordinator": ("samordnare", "coordinator"),
    "chief_education_officer": ("skolchef", "chief education officer"),
    "principal": ("rektor", "principal"),
    "board_chair": ("nämndordförande", "ordförande", "board chair"),
    "authorized_signatory": ("firmatecknare", "authorized signatory"),
    "development_lead": ("utvecklingsledare", "development lead"),
    "administrator": ("administratör", "administrator"),
    "network_leader": ("nätverksledare", "network leader"),
    "process_leader": ("processledare", "process leader"),
    "event_coordinator": ("evenemangssamordnare", "event coordinator"),
}
_BY_HEADING = {search_key(word): column for column, words in HEADINGS.items() for word in words}
_BY_ROLE = {search_key(word): role for role, words in ROLES.items() for word in (*words, role)}
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]00:00:00)?")
_UNIT = re.compile(r"\d{8}")


@dataclass(frozen=True)
class PersonRow:
    """A person with a role, as one row says it. `number` is the row in what was handed in.

    place: an organization number of ten digits, else what stood there (a university), empty if nothing did.
    """

    number: int
    name: str
    email: str
    role: str
    place: str = ""
    unit: str = ""
    title: str = ""
    phone: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class RowFault:
    """What is wrong: in which row (0: in the whole) and column, by code, and what stood there."""

    number: int
    column: str
    code: str
    stood: str = ""


@dataclass(frozen=True)
class PeopleRows:
    """What was read, in order; nothing of it is to be used while there are faults."""

    rows: tuple[PersonRow, ...] = ()
    faults: tuple[RowFault, ...] = ()


def read_text(text: str) -> PeopleRows:
    """Rows pasted as text, or the text of a CSV file."""
    if "\0" in text:
        return _refused("nul")
    if len(text) > BYTES_MOST:
        return _refused("too_large")
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        table = list(csv.reader(io.StringIO(lines), delimiter=_delimiter(lines), strict=True))
    except csv.Error:
        return _refused("broken_quotes")
    return _read(table)


def read_file(name: str, content: bytes) -> PeopleRows:
    """Rows of a CSV or XLSX file, by its content whatever its name says."""
    if len(content) > BYTES_MOST:
        return _refused("too_large")
    if is_zip(content):
        sheets = sheets_of(name, content, Faults(name))
        filled = [sheet for sheet in sheets if any(any(cell not in ("", None) for cell in row) for row in sheet.rows)]
        if not filled:
            return _refused("no_workbook" if not sheets else "no_rows")
        return _read([[_written(cell) for cell in row] for row in filled[0].rows])
    for encoding in ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return read_text(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _refused("not_text")


def _refused(code: str) -> PeopleRows:
    return PeopleRows(faults=(RowFault(0, "", code),))


def _delimiter(text: str) -> str:
    head = text.lstrip("\n").partition("\n")[0]
    if "\t" in head:
        return "\t"
    return ";" if head.count(";") >= head.count(",") else ","


def _written(cell: object) -> str:
    """A workbook's cell as a person would type it."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return "" if cell is None else str(cell)


def _read(table: Sequence[Sequence[str]]) -> PeopleRows:
    numbered = [(number, row) for number, row in enumerate(table, start=1) if any(cell.strip() for cell in row)]
    if not numbered:
        return _refused("no_rows")
    (head_number, head), body = numbered[0], numbered[1:]
    columns, faults = _columns(head_number, head)
    if faults:
        return PeopleRows(faults=tuple(faults))
    if not body:
        return _refused("no_rows")
    if len(body) > ROWS_MOST:
        return PeopleRows(faults=(RowFault(0, "", "too_many_rows", str(len(body))),))
    rows: list[PersonRow] = []
    for number, cells in body:
        row, wrong = _row(number, cells, columns)
        rows.append(row)
        faults += wrong
    return PeopleRows(tuple(rows), tuple(faults[:FAULTS_TOLD]))


def _columns(number: int, head: Sequence[str]) -> tuple[list[str], list[RowFault]]:
    """The column of each heading, in order; an empty heading is no column."""
    columns = [_BY_HEADING.get(search_key(cell), "") for cell in head]
    faults = []
    for cell, column in zip(head, columns, strict=True):
        if cell.strip() and not column:
            faults.append(RowFault(number, "", "unknown_heading", _shown(cell)))
        elif column and columns.count(column) > 1:
            faults.append(RowFault(number, column, "heading_twice", _shown(cell)))
    faults += [RowFault(number, column, "heading_missing") for column in REQUIRED if column not in columns]
    return columns, faults


def _row(number: int, cells: Sequence[str], columns: Sequence[str]) -> tuple[PersonRow, list[RowFault]]:
    beyond = [cell for cell in cells[len(columns) :] if cell.strip()]
    unnamed = [cell for cell, column in zip(cells, columns, strict=False) if not column and cell.strip()]
    told = {column: cell.strip() for cell, column in zip(cells, columns, strict=False) if column}
    faults = [RowFault(number, "", "beyond", _shown(cell)) for cell in (beyond + unnamed)[:1]]
    typed = {column: told.get(column, "") for column in (NAME, EMAIL, PHONE, TITLE)}
    typed[EMAIL] = typed[EMAIL].lower()
    faults += [RowFault(number, one.field, one.code, _shown(one.stood)) for one in entrants.faults(**typed)]
    role = _BY_ROLE.get(search_key(told.get(ROLE, "")), "")
    if not role:
        faults.append(RowFault(number, ROLE, "unknown_role" if told.get(ROLE) else "empty", _shown(told.get(ROLE, ""))))
    place, unit = told.get(PLACE, ""), told.get(UNIT, "").replace(" ", "")
    place, wrong = _place(number, place)
    faults += wrong
    if unit and not _UNIT.fullmatch(unit):
        faults.append(RowFault(number, UNIT, "bad_unit", _shown(unit)))
    days: dict[str, date | None] = {}
    for column in (FROM, TO):
        days[column] = _day(told.get(column, ""))
        if told.get(column) and days[column] is None:
            faults.append(RowFault(number, column, "bad_day", _shown(told[column])))
    row = PersonRow(number, typed[NAME], typed[EMAIL], role, place, unit, typed[TITLE], typed[PHONE], **days)
    return row, faults


def _place(number: int, text: str) -> tuple[str, list[RowFault]]:
    """Ten digits where an organization number stands; a name as it is."""
    if not text or not any(sign.isdigit() for sign in text) or any(sign.isalpha() for sign in text):
        code = entrants.line_fault(text, 200)
        return text, [RowFault(number, PLACE, code, _shown(text))] if code else []
    try:
        return parse_organization_number(text), []
    except IdentifierRefused as refused:
        # What may be a personal number is not shown back.
        stood = "" if refused.code == "personal_number" else _shown(text)
        return text, [RowFault(number, PLACE, f"number_{refused.code}", stood)]


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _shown(text: str) -> str:
    plain = "".join(sign if sign.isprintable() else "·" for sign in text)
    return plain if len(plain) <= _STOOD_MOST else f"{plain[:_STOOD_MOST]}…"


def to_stored(rows: Iterable[PersonRow]) -> list[dict[str, object]]:
    """Rows as plain values, to be kept between two requests."""
    return [
        {**row.__dict__, FROM: row.from_on and row.from_on.isoformat(), TO: row.to_on and row.to_on.isoformat()}
        for row in rows
    ]


def from_stored(stored: Iterable[Mapping[str, object]]) -> list[PersonRow]:
    """The rows of `to_stored`."""
    return [
        PersonRow(**{**one, FROM: _day(str(one[FROM] or "")), TO: _day(str(one[TO] or ""))})  # type: ignore[arg-type]
        for one in stored
    ]
