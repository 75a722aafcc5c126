"""Figures of one organizer as a file: every one with its definition, source file, row and day."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.registry.models import Organizer
from samspel.registry.queries.figures import PublishedFigure
from samspel.registry.queries.indicators import Worded, worded

COLUMNS = (
    "organization_number", "organizer", "invented", "subject_kind", "subject_code", "indicator", "name",
    "definition_version", "slice", "sex", "period_kind", "period", "value", "mark", "unit", "authority", "file",
    "file_title", "file_sha256", "row", "extracted_on", "note", "caveat",
)  # fmt: skip


def answer(kind: str, organizer: Organizer, figures: Sequence[PublishedFigure]) -> HttpResponse:
    """The file to send: CSV (UTF-8 with mark, semicolons, decimal point) or JSON."""
    words, notice = worded({one.indicator for one in figures}), _notice(organizer)
    said = {"notice": notice} if notice else {}
    rows = [_row(organizer, one, words[one.indicator]) | said for one in figures]
    body, media = (_csv(rows, list(said)), "text/csv; charset=utf-8") if kind == "csv" else (_json(notice, rows), _JSON)
    answered = HttpResponse(body, content_type=media)
    answered["Content-Disposition"] = f'attachment; filename="{organizer.organization_number}-nyckeltal.{kind}"'
    return answered


_JSON = "application/json"


def _row(organizer: Organizer, one: PublishedFigure, words: Worded) -> dict[str, Any]:
    return {
        "organization_number": organizer.organization_number,
        "organizer": organizer.name,
        "invented": organizer.is_invented,
        "subject_kind": one.subject_kind,
        "subject_code": one.subject_code,
        "indicator": one.indicator,
        "name": words.name,
        "definition_version": one.version,
        "slice": one.slice,
        "sex": one.sex,
        "period_kind": one.period_kind,
        "period": one.period,
        "value": None if one.value is None else format(one.value.normalize(), "f"),
        "mark": one.mark,
        "unit": str(words.unit),
        "authority": words.authority,
        "file": one.file,
        "file_title": one.title,
        "file_sha256": one.digest,
        "row": one.row,
        "extracted_on": one.extracted_on.isoformat(),
        "note": one.note,
        "caveat": words.caveat,
    }


def _csv(rows: list[dict[str, Any]], more: list[str]) -> str:
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.DictWriter(text, [*COLUMNS, *more], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay as they are."""
    is_formula = isinstance(value, str) and value[:1] in "=+-@\t\r" and not value.lstrip("-").replace(".", "").isdigit()
    return f"'{value}" if is_formula and value else value


def _notice(organizer: Organizer) -> str:
    """What every row must carry along: that the home is a demonstration, or the organizer invented."""
    if organizer.is_invented:
        return _("Invented for the demonstration")
    return _("Demonstration: the programme shown here is invented.") if settings.SAMSPEL_IS_DEMO else ""


def _json(notice: str, rows: list[dict[str, Any]]) -> str:
    told = {"taken_out_on": timezone.localdate().isoformat(), "notice": notice, "figures": rows}
    return json.dumps(told, ensure_ascii=False, indent=1)
