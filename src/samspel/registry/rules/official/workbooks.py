"""XLSX workbooks, read only from a copy that was unpacked and measured here: a workbook is a zip file too."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import python_calamine

from samspel.registry.rules.official.archives import BROKEN, ArchiveRefused, Unpacking
from samspel.registry.rules.official.faults import Fault, Faults
from samspel.registry.rules.official.tables import CELLS_MOST, Sheet

WORKBOOK_UNPACKED_MOST = 150_000_000
# What the cells hold once every shared string stands in each of its cells.
TEXT_MOST = 200_000_000
TAGS_MOST = 12_000_000
_PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]*)([0-9]+)""")
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_REFERENCE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>\s*([0-9]{1,9})")
_DISGUISED = re.compile(rb"<!|<(?:\w+:)?v(?:\s[^>]*)?>\s*(?:&|<[^/])")
_READ = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/.*|xl/[^/]*\.(?:xml|rels)|xl/_rels/.*|xl/worksheets/[^/]*\.xml)", re.IGNORECASE
)


def sheets_of(name: str, data: bytes, faults: Faults) -> list[Sheet]:
    """Every sheet of a workbook with the file's own row numbers; none, with a fault, when it cannot be read."""
    try:
        return list(_calamine_sheets(name, _measured_copy(name, data)))
    except ArchiveRefused as refused:
        faults.error(refused.fault.code, refused.fault.expected, stood=refused.fault.stood)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # The reader is native code: it has many errors, and its panics stand outside Exception.
    except BaseException as broken:
        if not isinstance(broken, (*BROKEN, python_calamine.CalamineError)) and not _is_panic(broken):
            raise
        faults.error("broken_workbook", "open_workbook")
    return []


def _is_panic(broken: BaseException) -> bool:
    return type(broken).__name__ == "PanicException"


def _measured_copy(name: str, data: bytes) -> bytes:
    """The parts that are read, unpacked and measured, as a zip file that is not packed."""
    held = io.BytesIO()
    unpacking = Unpacking(name, len(data), "workbook_too_large", "file_within_limit", WORKBOOK_UNPACKED_MOST)
    measure = _Measure(name)
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as copy:
        for part_name in dict.fromkeys(entry.filename for entry in packed.infolist()):
            if _READ.fullmatch(part_name):
                part = unpacking.read(packed, packed.getinfo(part_name))
                measure.add(part_name.lower(), part)
                copy.writestr(zipfile.ZipInfo(part_name), part)
    measure.judge()
    return held.getvalue()


class _Measure:
    """How large a workbook will be once it is read: a sheet is held as a full rectangle, a shared string per cell."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells = self.tags = 0
        self.lengths: list[int] = []
        self.references: Counter[bytes] = Counter()

    def add(self, part_name: str, part: bytes) -> None:
        """Measure a part before anything reads it."""
        if b"\0" in part[:1000]:
            raise zipfile.BadZipFile("a part in another encoding")
        self.tags += part.count(b"<")
        is_sheet, is_strings = "worksheets/" in part_name, part_name.endswith("sharedstrings.xml")
        if (is_sheet or is_strings) and _DISGUISED.search(part):
            raise zipfile.BadZipFile("a part that hides what it holds")
        if is_sheet:
            self.cells += _area(part)
            self.references.update(_REFERENCE.findall(part))
        elif is_strings:
            starts = [found.start() for found in _STRING.finditer(part)] + [len(part)]
            self.lengths = [after - before for before, after in pairwise(starts)]
        self._refuse_beyond("cells", self.cells, CELLS_MOST)
        self._refuse_beyond("tags", self.tags, TAGS_MOST)

    def judge(self) -> None:
        """Refuse a few long strings that many cells point at."""
        known = len(self.lengths)
        text = sum(self.lengths[int(at)] * count for at, count in self.references.items() if int(at) < known)
        self._refuse_beyond("MB", text // 1_000_000, TEXT_MOST // 1_000_000)

    def _refuse_beyond(self, what: str, count: int, most: int) -> None:
        if count > most:
            raise ArchiveRefused(
                Fault("workbook_too_large", self.name, stood=f"{count} {what}", expected="file_within_limit")
            )


def _area(part: bytes) -> int:
    """Cells of the rectangle from the first cell to the one furthest out, whatever the sheet says of itself."""
    last_row, columns = 1, set()
    for letters, digits in _PLACE.findall(part):
        columns.add(letters)
        last_row = max(last_row, int(digits[:9]))
    width = max((_number(letters[:6]) for letters in columns), default=1)
    return last_row * width


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return max(number, 1)


def _calamine_sheets(name: str, measured: bytes) -> Iterator[Sheet]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(measured))
    cells = 0
    for sheet_name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(sheet_name).to_python(skip_empty_area=False)
        # A workbook may name the same sheet many times.
        cells += sum(map(len, rows))
        if cells > CELLS_MOST:
            stood = f"{cells} cells"
            raise ArchiveRefused(Fault("workbook_too_large", name, stood=stood, expected="file_within_limit"))
        yield Sheet(sheet_name, rows, range(1, len(rows) + 1), False)
