"""Bytes as tables of cells: text split by its delimiter, workbooks by sheet. Rows keep the file's own numbers."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from samspel.registry.rules.official.faults import Faults

LINE_MOST = 100_000
LINES_MOST = 1_000_000
# The largest official file has a tenth of this.
CELLS_MOST = 4_000_000
DELIMITERS = (";", ",", "\t")

Row = Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """Rows of cells (text, or numbers in a workbook). `numbers[i]` is the row number of `rows[i]` in the file."""

    name: str
    rows: Sequence[Row]
    numbers: Sequence[int]
    # A text file has a last line, which may have been cut.
    is_text: bool
    ends_with_newline: bool = True


def decoded(data: bytes, faults: Faults) -> str | None:
    """The text of a file in UTF-8 or Windows-1252 (or UTF-16, Excel's "Unicode text"); None with a fault otherwise."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        if b"\0" in data:
            faults.error("nul_bytes", "text_encoding")
            return None
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            faults.error("nul_bytes", "text_encoding")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")
    faults.error("not_text", "text_encoding")
    return None


def lines_of(text: str, faults: Faults) -> list[str] | None:
    """The lines of a text; None with a fault when one is too long."""
    if (count := text.count("\n")) > LINES_MOST:
        faults.error("table_too_large", "table_within_limit", stood=count)
        return None
    lines = text.split("\n")
    longest = max(map(len, lines))
    if longest > LINE_MOST:
        row = next(n for n, line in enumerate(lines, 1) if len(line) == longest)
        faults.error("line_too_long", "short_lines", row=row, stood=longest)
        return None
    return lines


def split(lines: Sequence[str], delimiter: str, *, is_whole: bool, faults: Faults | None = None) -> Sheet:
    """Lines as a sheet. Quotation marks count only where a cell opens with one."""
    quoted = any(line[:1] == '"' or f'{delimiter}"' in line for line in lines)
    reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    rows: list[Row] = []
    numbers: list[int] = []
    started = 1
    try:
        for row in reader:
            rows.append(row)
            numbers.append(started)
            started = reader.line_num + 1
    except csv.Error:
        if faults:
            faults.error("broken_quotes", "matching_quotes", row=started)
    return Sheet("", rows, numbers, True, is_whole)
