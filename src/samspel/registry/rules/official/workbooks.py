"""XLSX workbooks, read only from a copy that was unpacked and measured here: a workbook is a zip file too."""

from __future__ import annotations

import io
import re
import zipfile

import python_calamine

from samspel.registry.rules.official.archives import _BROKEN, ArchiveRefused, Unpacking
from samspel.registry.rules.official.faults import Fault, Faults
from samspel.registry.rules.official.tables import Sheet

WORKBOOK_UNPACKED_MOST = 150_000_000
# A sheet is held as a full rectangle, so one cell far out would cost as much as a full sheet.
CELLS_MOST = 4_000_000
_PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
_READ = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/.*|xl/[^/]*\.(?:xml|rels)|xl/_rels/.*|xl/worksheets/[^/]*\.xml)", re.I
)


def sheets_of(name: str, data: bytes, faults: Faults) -> list[Sheet]:
    """Every sheet of a workbook with the file's own row numbers; none, with a fault, when it cannot be read."""
    try:
        measured = _measured_copy(name, data)
    except ArchiveRefused as refused:
        faults.error(refused.fault.code, refused.fault.expected, stood=refused.fault.stood)
        return []
    except _BROKEN:
        faults.error("broken_workbook", "open_workbook")
        return []
    try:
        return _calamine_sheets(measured)
    except (KeyboardInterrupt, SystemExit):
        raise
    # The reader is native code: it has many errors, and its panics stand outside Exception.
    except BaseException:
        faults.error("broken_workbook", "open_workbook")
        return []


def _measured_copy(name: str, data: bytes) -> bytes:
    held = io.BytesIO()
    unpacking = Unpacking(name, len(data), "workbook_too_large", "file_within_limit", WORKBOOK_UNPACKED_MOST)
    seen: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as copy:
        for entry in packed.infolist():
            if not _READ.fullmatch(entry.filename) or entry.filename in seen:
                continue
            seen.add(entry.filename)
            part = unpacking.read(packed, entry)
            if "worksheets/" in entry.filename.lower():
                _refuse_far_out(name, part)
            copy.writestr(zipfile.ZipInfo(entry.filename), part)
    return held.getvalue()


def _refuse_far_out(name: str, part: bytes) -> None:
    if b"\0" in part[:1000]:
        raise zipfile.BadZipFile("a sheet in another encoding")
    last_row, columns = 1, set()
    for letters, digits in _PLACE.findall(part):
        columns.add(letters)
        last_row = max(last_row, int(digits[:9]))
    width = max((_number(letters[:6]) for letters in columns), default=1)
    if last_row * width > CELLS_MOST:
        stood = f"{last_row} × {width}"
        raise ArchiveRefused(Fault("workbook_too_large", name, stood=stood, expected="file_within_limit"))


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return max(number, 1)


def _calamine_sheets(measured: bytes) -> list[Sheet]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(measured))
    found = []
    for name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found.append(Sheet(name, rows, range(1, len(rows) + 1), False))
    return found
