"""Cleaned rows on their way into the database: gathered as lines for COPY, packed while they wait, laid in a table."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from samspel.registry.operations.imports.reports import FileReport
from samspel.registry.rules.official import Kind, ReadFile

# A series is everything that the values of one column of a file share; a file has tens of them and thousands of values.
CREATE = """
CREATE TEMPORARY TABLE staged (
    series integer NOT NULL, file integer NOT NULL, subject_code text NOT NULL, value numeric(20, 6),
    mark text NOT NULL, row integer NOT NULL, note text NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE series (
    place integer NOT NULL, definition_id bigint, subject_kind text NOT NULL, slice text NOT NULL, sex text NOT NULL,
    period_kind text NOT NULL, period text NOT NULL
) ON COMMIT DROP;
"""
_PIECE = 1 << 18


class Series(NamedTuple):
    """What the values of a series share."""

    indicator: str
    version: int
    subject_kind: str
    slice: str
    sex: str
    period_kind: str
    period: str


@dataclass
class Staged:
    """Everything an import brings. `lines` are COPY text; a series and a file stand there by their place from 1.

    `register` holds organizers and school units, `municipalities` the municipality table, as plain dictionaries;
    None: no such file.
    """

    series: list[Series] = field(default_factory=list)
    lines: bytes = b""
    register: dict[str, Any] | None = None
    municipalities: list[dict[str, Any]] | None = None

    def pack(self) -> bytes:
        """For keeping until the import is decided."""
        head = {"series": self.series, "register": self.register, "municipalities": self.municipalities}
        return zlib.compress(json.dumps(head, ensure_ascii=False).encode() + b"\n" + self.lines, 1)

    @classmethod
    def unpack(cls, packed: bytes | memoryview) -> Staged:
        """What `pack` packed."""
        head, _newline, lines = zlib.decompress(packed).partition(b"\n")
        told = json.loads(head)
        series = [Series(*one) for one in told["series"]]
        return cls(series, lines, told["register"], told["municipalities"])

    @property
    def definitions(self) -> list[tuple[str, int]]:
        """Indicator and version of every definition that the values are of, once."""
        return list(dict.fromkeys((one.indicator, one.version) for one in self.series))


class Gathering:
    """Files as they are read: their reports, and what they bring as long as none of them has a fault."""

    def __init__(self) -> None:
        self.files: list[FileReport] = []
        self.extracted_on: list[date | None] = []
        self.is_faulty = False
        self._places: dict[Series, int] = {}
        self._lines: list[str] = []
        self._register: dict[str, Any] | None = None
        self._municipalities: list[dict[str, Any]] | None = None

    def add(self, file: ReadFile) -> None:
        """Take in a file. Once one has a fault, only the reports go on, for nothing will be imported."""
        self.files.append(FileReport.of(file))
        self.extracted_on.append(file.extracted_on)
        self.is_faulty = self.is_faulty or file.error_count > 0
        if self.is_faulty:
            return
        self._lines.append(lines_of(file.values, len(self.files), self._places))
        # A statistics file names organizers and units too, but is no extract of them.
        if file.kind == Kind.SCHOOL_UNIT_REGISTER:
            self._register = {
                "organizers": [asdict(row) for row in file.organizers],
                "units": [asdict(row) for row in file.school_units],
            }
        if file.municipalities:
            self._municipalities = (self._municipalities or []) + [asdict(row) for row in file.municipalities]

    @property
    def has_register(self) -> bool:
        """Whether one of the files is an extract of the school-unit register."""
        return self._register is not None

    @property
    def staged(self) -> Staged:
        """What the files bring."""
        lines = "".join(self._lines).encode()
        return Staged(list(self._places), lines, self._register, self._municipalities)


def lines_of(values: Iterable[Any], file: int, places: dict[Series, int]) -> str:
    """Values as COPY text. `places` gives each series its place and grows with those met."""
    lines = []
    add, place_of = lines.append, places.get
    for key, version, kind, code, slice_, sex, period_kind, period, value, mark, row, note in values:
        series = (key, version, kind, slice_, sex, period_kind, period)
        place = place_of(series)  # type: ignore[call-overload]  # a plain tuple is found as the same key, and is faster
        if place is None:
            place = places[Series(*series)] = len(places) + 1
        told = _escaped(note) if note else ""
        add(f"{place}\t{file}\t{code}\t{_NULL if value is None else value}\t{mark}\t{row}\t{told}\n")
    return "".join(lines)


_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _escaped(text: str) -> str:
    """Text as COPY takes it; only notes can hold anything that needs it."""
    return text[:300].translate(_ESCAPES)


def put(staged: Staged, definitions: Mapping[tuple[str, int], int]) -> None:
    """Lay it in the temporary tables `staged` and `series` of this transaction.

    `definitions` are the ids of those the database has already; the others come when they are written.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged, series, met")
        cursor.execute(CREATE)
        with cursor.copy("COPY series FROM STDIN") as copy:
            for place, one in enumerate(staged.series, start=1):
                copy.write_row((place, definitions.get((one.indicator, one.version)), *one[2:]))
        with cursor.copy("COPY staged FROM STDIN") as copy:
            for start in range(0, len(staged.lines), _PIECE):
                copy.write(staged.lines[start : start + _PIECE])
        cursor.execute("ANALYZE series")


def name_definitions(staged: Staged, definitions: Mapping[tuple[str, int], int]) -> None:
    """Give every series the id of its definition, when all of them are in the database."""
    ids = [definitions[one.indicator, one.version] for one in staged.series]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE series SET definition_id = (%s::bigint[])[place]", [ids])
