"""Reads a file: recognises its kind by its content, cleans its rows, and tells every fault. Raises on no content."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from samspel.registry.rules.official import (
    kolada,
    municipality_table,
    plain_tables,
    school_unit_register,
    statistics,
)
from samspel.registry.rules.official.archives import (
    FILE_MOST,
    ArchiveRefused,
    is_workbook,
    is_zip,
    open_archive,
    too_large,
)
from samspel.registry.rules.official.faults import Fault, Faults
from samspel.registry.rules.official.gathering import Gathering
from samspel.registry.rules.official.recognition import HEADING_WITHIN, heading_place, is_register_heading
from samspel.registry.rules.official.results import Kind, Known, ReadFile
from samspel.registry.rules.official.subjects import Municipalities
from samspel.registry.rules.official.tables import CELLS_MOST, DELIMITERS, Sheet, decoded, lines_of, split
from samspel.registry.rules.official.workbooks import sheets_of

NOTHING_KNOWN = Known()


def read(name: str, data: bytes, known: Known | None = None) -> ReadFile:
    """One file, which is no zip of files. `name` is only for the faults; the kind is judged by the content."""
    known = known or NOTHING_KNOWN
    out = Gathering(Faults(name), known, Municipalities(known))
    kind = _read_into(name, data, out)
    return _finished(name, data, kind, out)


def read_many(named: Iterable[tuple[str, bytes]], known: Known | None = None) -> Iterator[ReadFile]:
    """Every file in turn, those of a zip file too; a zip that is refused is a file of unknown kind with its fault."""
    for name, data in named:
        if not is_zip(data) or is_workbook(data) or len(data) > FILE_MOST:
            yield read(name, data, known)
            continue
        try:
            for inner, content in open_archive(name, data):
                yield read(inner, content, known)
        except ArchiveRefused as refused:
            yield _refused(name, data, refused.fault)


def _refused(name: str, data: bytes, fault: Fault) -> ReadFile:
    return ReadFile(name, hashlib.sha256(data).hexdigest(), Kind.UNKNOWN, errors=(fault,), error_count=1)


def _read_into(name: str, data: bytes, out: Gathering) -> Kind:
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        out.faults.error("empty_file", "known_kind")
        return Kind.UNKNOWN
    if len(data) > FILE_MOST:
        fault = too_large(name)
        out.faults.error(fault.code, fault.expected, stood=fault.stood)
        return Kind.UNKNOWN
    if is_zip(data):
        return _read_workbook(name, data, out)
    return _read_text(data, out)


def _read_workbook(name: str, data: bytes, out: Gathering) -> Kind:
    sheets = sheets_of(name, data, out.faults)
    if out.faults.error_count:
        return Kind.UNKNOWN
    if any(sheet.rows and is_register_heading(sheet.rows[0]) for sheet in sheets):
        return _dispatch(Kind.SCHOOL_UNIT_REGISTER, 0, sheets, out)
    for sheet in sheets:
        if found := heading_place(sheet.rows):
            return _dispatch(*found, [sheet, *(other for other in sheets if other is not sheet)], out)
    out.faults.error("unknown_kind", "known_kind")
    return Kind.UNKNOWN


def _read_text(data: bytes, out: Gathering) -> Kind:
    text = decoded(data, out.faults)
    lines = None if text is None else lines_of(text, out.faults)
    if text is None or lines is None:
        return Kind.UNKNOWN
    for delimiter in DELIMITERS:
        head = split(lines[:HEADING_WITHIN], delimiter, is_whole=True)
        if found := heading_place(head.rows):
            if (cells := len(lines) + text.count(delimiter)) > CELLS_MOST:
                out.faults.error("table_too_large", "table_within_limit", stood=cells)
                return found[0]
            sheet = split(lines, delimiter, is_whole=text.endswith("\n"), faults=out.faults)
            return _dispatch(*found, [sheet], out)
    out.faults.error("unknown_kind", "known_kind")
    return Kind.UNKNOWN


def _dispatch(kind: Kind, place: int, sheets: Sequence[Sheet], out: Gathering) -> Kind:
    if kind is Kind.KOLADA:
        kolada.read(sheets[0], place, out)
    elif kind in (Kind.STATISTICS_MUNICIPALITY, Kind.STATISTICS_SCHOOL_UNIT):
        return statistics.read(sheets, out)
    elif kind is Kind.MUNICIPALITIES:
        municipality_table.read(sheets[0], place, out)
    elif kind is Kind.PLAIN_TABLE:
        plain_tables.read(sheets[0], place, out)
    else:
        school_unit_register.read(sheets, out)
    return kind


def _finished(name: str, data: bytes, kind: Kind, out: Gathering) -> ReadFile:
    faults = out.faults
    sound = not faults.error_count
    values = out.values if sound else []
    return ReadFile(
        name=name,
        digest=hashlib.sha256(data).hexdigest(),
        kind=kind,
        rows=out.rows,
        values=values,
        organizers=tuple(out.organizers) if sound else (),
        school_units=tuple(out.school_units) if sound else (),
        municipalities=tuple(out.municipalities) if sound else (),
        skipped=dict(out.skipped),
        errors=tuple(faults.errors),
        error_count=faults.error_count,
        notices=tuple(faults.notices),
        marks=dict(Counter([value.mark for value in values])),
        extracted_on=out.extracted_on,
        title=out.title,
    )
