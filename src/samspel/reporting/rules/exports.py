"""Open files: rows as CSV and JSON, with the day they show, their source and what to mind. Pure, byte for byte."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# A spreadsheet takes a cell that begins so for a formula; an apostrophe before it makes it text again.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Export:
    """A table to take away.

    `columns` are (key, heading) in order and `rows` map keys to text, numbers, days, booleans, lists of text or None.
    `notes` are sentences that must come along, such as that a programme is invented.
    """

    title: str
    day: date
    source: str
    columns: tuple[tuple[str, str], ...]
    rows: Sequence[Mapping[str, Any]]
    address: str = ""
    licence: str = "CC0 1.0"
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def as_csv(export: Export) -> bytes:
    """UTF-8 with its mark, semicolons, CRLF: what a spreadsheet in Swedish opens as it is. RFC 4180 quoting.

    The headings come first; the day, the source and the notes stand in columns of each row, so that a row cut out
    still says where it is from and no program stumbles on lines that are no rows.
    """
    words = export.words
    tail = [("as_of", words.get("as_of", "as_of")), ("source", words.get("source", "source"))]
    tail += [("note", words.get("note", "note"))] if export.notes else []
    constant = {"as_of": export.day, "source": export.source, "note": " ".join(export.notes)}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([heading for _, heading in (*export.columns, *tail)])
    for row in export.rows:
        whole = {**row, **constant}
        writer.writerow([_cell(whole.get(key)) for key, _ in (*export.columns, *tail)])
    return out.getvalue().encode("utf-8-sig")


def as_json(export: Export) -> bytes:
    """The same as JSON: title, day, source, licence, notes and facts, then the rows by key."""
    document = {
        "title": export.title,
        "as_of": export.day.isoformat(),
        "source": export.source,
        "licence": export.licence,
        "address": export.address,
        "notes": list(export.notes),
        **{key: _plain(value) for key, value in export.facts.items()},
        "columns": [{"key": key, "heading": heading} for key, heading in export.columns],
        "rows": [{key: _plain(row.get(key)) for key, _ in export.columns} for row in export.rows],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def as_document(export: Export) -> dict[str, Any]:
    """What a document template reads: everything as text, and yes in words where a table has a one."""
    yes = export.words.get("yes", "1")

    def written(value: Any) -> str:
        return (yes if value else "") if isinstance(value, bool) else _text(value)

    return {
        "title": export.title,
        "day": export.day.isoformat(),
        "source": export.source,
        "notes": list(export.notes),
        "headings": [heading for _, heading in export.columns],
        "rows": [[written(row.get(key)) for key, _ in export.columns] for row in export.rows],
        "words": dict(export.words),
    }


def _cell(value: Any) -> str:
    text = _text(value)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) and not _is_number(value) else text


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(part) for part in value)
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value if isinstance(value, (bool, int, float)) or value is None else str(value)
