"""Faults of a file as data: what, where, what stood there and what was expected. Sentences are made elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

FAULTS_LISTED = 200
STOOD_SHOWN = 80
HIDDEN = "•••"

# English message ids. A sentence speaks of what is wrong; where it stands is said by PLACES, joined by commas.
PLACES = {"file": "{file}", "sheet": "sheet “{sheet}”", "row": "row {row}", "column": "column “{column}”"}

FAULT_SENTENCES = {
    "empty_file": "The file is empty. Expected: {expected}.",
    "file_too_large": "The file is larger than {stood}. Expected: {expected}.",
    "unknown_kind": "The file is none of the kinds that can be imported. Expected: {expected}.",
    "not_text": "The file is not text that can be read (“{stood}”). Expected: {expected}.",
    "nul_bytes": "The file holds NUL bytes, which no text has. Expected: {expected}.",
    "line_too_long": "A line of {stood} characters is too long. Expected: {expected}.",
    "table_too_large": "The table is too large ({stood}). Expected: {expected}.",
    "broken_quotes": "The quotation marks do not match. Expected: {expected}.",
    "broken_workbook": "The workbook cannot be opened: it is damaged or was cut off. Expected: {expected}.",
    "workbook_too_large": "The workbook unpacks to more than is allowed ({stood}). Expected: {expected}.",
    "broken_archive": "The zip file cannot be opened: it is damaged or was cut off. Expected: {expected}.",
    "archive_too_large": "The zip file unpacks to more than is allowed ({stood}). Expected: {expected}.",
    "archive_too_many": "The zip file holds {stood} files. Expected: {expected}.",
    "archive_nested": "A zip file lies inside the zip file (“{stood}”). Expected: {expected}.",
    "archive_encrypted": "The zip file is encrypted. Expected: {expected}.",
    "no_data": "There are no rows of data. Expected: {expected}.",
    "truncated": "The file seems to have been cut off here. Expected: {expected}.",
    "row_too_short": "The row has {stood} cells. Expected: {expected}.",
    "row_too_long": "There is something to the right of the last column: “{stood}”. Expected: {expected}.",
    "rows_after_blank": "There are rows of data after a blank row. Expected: {expected}.",
    "unknown_report": "The report “{stood}” is not known. Expected: {expected}.",
    "unknown_column": "The column “{stood}” is not known. Expected: {expected}.",
    "missing_column": "A column is missing. Expected: {expected}.",
    "duplicate_column": "The column “{stood}” stands twice. Expected: {expected}.",
    "unknown_sheet": "The sheet “{stood}” is not known. Expected: {expected}.",
    "no_period": "No school year or year is stated. Expected: {expected}.",
    "bad_period": "“{stood}” is no year. Expected: {expected}.",
    "unknown_kpi": "The key figure “{stood}” is not known. Expected: {expected}.",
    "unknown_indicator": "The indicator “{stood}” is not known. Expected: {expected}.",
    "unknown_subject": "“{stood}” is no code of a municipality, an organizer or a school unit. Expected: {expected}.",
    "unknown_municipality": "There is no municipality with the code “{stood}”. Expected: {expected}.",
    "unknown_region": "There is no region with the code “{stood}”. Expected: {expected}.",
    "code_without_zero": "The code “{stood}” lacks its leading zero. Expected: {expected}.",
    "bad_municipality_code": "“{stood}” is no municipality code. Expected: {expected}.",
    "bad_county_code": "“{stood}” is not the municipality's county. Expected: {expected}.",
    "bad_school_unit_code": "“{stood}” is no school-unit code. Expected: {expected}.",
    "bad_organization_number": "“{stood}” is no organization number. Expected: {expected}.",
    "check_digit": "The organization number “{stood}” fails its check digit. Expected: {expected}.",
    "personal_number": "A personal number stands where an organizer is named ({stood}). Expected: {expected}.",
    "name_code_disagree": "The name and the code do not belong together: “{stood}”. Expected: {expected}.",
    "no_name": "The name is missing. Expected: {expected}.",
    "text_too_long": "The text is too long: “{stood}”. Expected: {expected}.",
    "unknown_slice": "“{stood}” is no type of organizer. Expected: {expected}.",
    "unknown_sex": "“{stood}” is neither girls, boys nor all. Expected: {expected}.",
    "unknown_test_subject": "“{stood}” is no subject of the national tests. Expected: {expected}.",
    "unknown_organizer": "The organizer “{stood}” is not on the sheet of organizers. Expected: {expected}.",
    "unknown_organizer_type": "“{stood}” is no type of organizer. Expected: {expected}.",
    "not_a_number": "“{stood}” is not a number. Expected: {expected}.",
    "number_too_large": "“{stood}” is too large a number. Expected: {expected}.",
    "not_whole": "“{stood}” is not a whole number. Expected: {expected}.",
    "negative_number": "“{stood}” is negative. Expected: {expected}.",
    "over_the_top": "“{stood}” is more than is possible. Expected: {expected}.",
    "formula": "A formula stands in the cell: “{stood}”. Expected: {expected}.",
    "empty_cell": "The cell is empty. Expected: {expected}.",
    "no_source": "The row does not say where the figure comes from. Expected: {expected}.",
    "duplicate_row": "The same subject stands twice: “{stood}”. Expected: {expected}.",
    "bad_flag": "“{stood}” is neither J nor N. Expected: {expected}.",
    "odd_cell": "“{stood}” was passed over. Expected: {expected}.",
    "unit_disagrees": "The school unit “{stood}” is told of differently on another sheet. Expected: {expected}.",
}

# English message ids of what was expected. `{among}` is filled with the names listed in the fault.
EXPECTED = {
    "known_kind": "the school-unit register, Skolverket's statistics export, a Kolada file, the municipality table, "
    "or a plain table of indicator, subject, value, year and source",
    "file_within_limit": "at most 50 MB",
    "archive_within_limit": "at most 300 MB and 1,000 files unpacked",
    "archive_without_archives": "files only",
    "open_archive": "a whole zip file without a password",
    "open_workbook": "a whole XLSX workbook",
    "text_encoding": "text in UTF-8 or Windows-1252",
    "short_lines": "lines of at most 100,000 characters",
    "table_within_limit": "at most 1,000,000 lines and 4,000,000 cells",
    "whole_file": "the file as it was downloaded, to its end",
    "matching_quotes": "every quotation mark closed",
    "rows_of_data": "at least one row of data",
    "cells_as_header": "as many cells as the header",
    "one_of": "one of: {among}",
    "column_named": "the column “{among}”",
    "columns_once": "each column once",
    "period_line": "a line “Valt läsår: 2024/25” or “Valt år: 2024” above the table",
    "school_year": "a school year such as 2024/25",
    "year": "a year such as 2024, or a school year such as 2024/25",
    "subject_code": "a municipality code of four digits, an organization number of ten or a school-unit code of eight",
    "municipality_code": "a municipality code of four digits, such as 0114",
    "known_municipality": "the code of one of the municipalities",
    "county_of_municipality": "the first two digits of the municipality code",
    "region_code": "0000 for the country or 0001–0025 for a region",
    "school_unit_code": "a school-unit code of eight digits",
    "organization_number": "an organization number of ten digits with a valid check digit",
    "organization_not_person": "an organization number, not a person's",
    "matching_name": "the name that belongs to the code",
    "name": "a name",
    "short_text": "at most 200 characters",
    "number": "a number",
    "number_or_mark": "a number, or one of the marks . (no value), .. (withheld) and ~100",
    "whole_number": "a whole number",
    "number_not_negative": "a number that is not negative",
    "share_0_100": "a share from 0 to 100",
    "number_at_most": "at most {among}",
    "value_not_formula": "a plain value",
    "source": "a source",
    "one_row_each": "one row for each subject",
    "flag": "J or N",
    "known_word": "one of the words the register uses",
    "listed_organizer": "an organizer of the sheet Huvudmän",
    "same_everywhere": "the same name and municipality on every sheet",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place. `row` is 1-based as in the file (0: the whole file), `column` the heading or letter.

    `code` is a key of FAULT_SENTENCES, `expected` of EXPECTED; `among` are the names that would have done.
    `stood` is at most 80 characters and never holds a mail address, a phone number or a personal number.
    """

    code: str
    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    stood: str = ""
    expected: str = ""
    severity: str = "error"
    among: tuple[str, ...] = ()


_MAIL = re.compile(r"[^\s@;,]{1,64}@[^\s@;,]{1,255}")
_LONG_DIGITS = re.compile(r"(?<![0-9])(?:[0-9]{2})?([0-9]{6})[-+ ]?([0-9]{4})(?![0-9])")
_PHONE = re.compile(r"(?<![0-9,.])(?:\+46|0)(?:[ ()/-]{0,2}[0-9]){7,12}(?![0-9])")


def _without_person(found: re.Match[str]) -> str:
    # The third digit of an organization number is 2 or more; of a personal number it opens the month.
    return re.sub("[0-9]", "•", found[0]) if found[1][2] < "2" else found[0]


def shown(text: object) -> str:
    """What stood in a cell, fit to be shown: one line, at most 80 characters, with mail, phone and person masked."""
    line = "".join(c if c.isprintable() else " " for c in str(text)[: 4 * STOOD_SHOWN]).strip()
    masked = _LONG_DIGITS.sub(_without_person, _MAIL.sub(HIDDEN, line))
    masked = _PHONE.sub(HIDDEN, masked)
    return masked if len(masked) <= STOOD_SHOWN else masked[: STOOD_SHOWN - 1] + "…"


class Faults:
    """The faults of one file as they are found: the first FAULTS_LISTED of each severity, and how many there were."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.errors: list[Fault] = []
        self.notices: list[Fault] = []
        self.error_count = 0

    def error(
        self,
        code: str,
        expected: str,
        *,
        sheet: str = "",
        row: int = 0,
        column: str = "",
        stood: object = "",
        among: tuple[str, ...] = (),
    ) -> None:
        """Note what keeps the file from being imported."""
        self.error_count += 1
        if len(self.errors) < FAULTS_LISTED:
            self.errors.append(
                Fault(code, self.file, shown(sheet), row, shown(column), shown(stood), expected, "error", among)
            )

    def notice(
        self, code: str, expected: str, *, sheet: str = "", row: int = 0, column: str = "", stood: object = ""
    ) -> None:
        """Note an oddity that does not stop the import."""
        if len(self.notices) < FAULTS_LISTED:
            self.notices.append(
                Fault(code, self.file, shown(sheet), row, shown(column), shown(stood), expected, "notice")
            )
