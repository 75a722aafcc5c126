"""The journal of a period: on the page, and as CSV, JSON or a PDF to print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspel.casefiles import permissions
from samspel.casefiles.forms.journal import JournalForm
from samspel.casefiles.operations import looking
from samspel.casefiles.queries import journal
from samspel.casefiles.queries.journal import Entry
from samspel.casefiles.views.found import crumbs_to, require_now, staff_only
from samspel.kernel.documents import pdf
from samspel.kernel.ui.components import Download
from samspel.kernel.ui.dates import day_text, moment_text
from samspel.kernel.ui.tables import Column, Table
from samspel.kernel.values.spreadsheets import harmless

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json", "pdf": "application/pdf"}
TEMPLATE = "casefiles/documents/journal.typ"


@staff_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What was registered in a period, and the files of it."""
    require_now(request, permissions.TAKE_JOURNAL)
    form = _form(request)
    chosen = _chosen(form)
    shown = {
        "form": form,
        "crumbs": crumbs_to(here=_("Journal")),
        "table": _table(request, journal.entries(**chosen)) if chosen else None,
        "downloads": _downloads(chosen) if chosen else [],
    }
    return render(request, "casefiles/journal.html", shown, status=200 if chosen else 422)


@staff_only
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The journal as a file."""
    require_now(request, permissions.TAKE_JOURNAL)
    chosen = _chosen(_form(request))
    if kind not in KINDS or chosen is None:
        raise Http404
    found = looking.take_journal(kind=kind, by=request.user, at=timezone.now(), **chosen)
    body = {"csv": _csv, "json": _json, "pdf": _pdf}[kind](request, found, chosen)
    name = f"diarium-{chosen['first']}--{chosen['last']}.{kind}"
    return HttpResponse(
        body, content_type=KINDS[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _form(request: HttpRequest) -> JournalForm:
    """The period asked for; today where none is."""
    today = timezone.localdate()
    given = request.GET if "first" in request.GET else {"first": today.isoformat(), "last": today.isoformat()}
    return JournalForm(given, today=today)


def _chosen(form: JournalForm) -> dict[str, Any] | None:
    if not form.is_valid():
        return None
    return {name: form.cleaned_data[name] for name in ("first", "last", "series")}


def _table(request: HttpRequest, found: Sequence[Entry]) -> Table:
    return Table(
        caption=_("Journal"),
        columns=[
            Column("number", _("Diary number"), value=lambda one: f"{one.number}-{one.document}", is_row_header=True),
            Column("on", _("Day"), kind="date"),
            Column("direction", _("Direction")),
            Column("counterpart", _("Sender or receiver")),
            Column("title", _("What it concerns"), value=_concerns),
        ],
        rows=list(found),
        params=request.GET,
        page_size=100,
        empty=_("Nothing was registered on these days."),
    )


def _concerns(one: Entry) -> str:
    return _("%(title)s (wrongly registered)") % {"title": one.title} if one.is_misregistered else one.title


def _downloads(chosen: dict[str, Any]) -> list[Download]:
    query = urlencode({name: value for name, value in chosen.items() if value})
    label = {"csv": _("As a table"), "json": _("For programs"), "pdf": _("To print")}
    return [
        Download(label[kind], f"{reverse('casefiles:journal_export', args=[kind])}?{query}", kind.upper())
        for kind in ("pdf", "csv", "json")
    ]


def _csv(request: HttpRequest, found: Sequence[Entry], chosen: dict[str, Any]) -> str:
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(Entry.__dataclass_fields__)
    for one in found:
        writer.writerow(harmless(value) for value in asdict(one).values())
    return text.getvalue()


def _json(request: HttpRequest, found: Sequence[Entry], chosen: dict[str, Any]) -> str:
    told = {"first": chosen["first"], "last": chosen["last"], "documents": [asdict(one) for one in found]}
    return json.dumps(told, ensure_ascii=False, indent=1, default=lambda day: day.isoformat())


def _pdf(request: HttpRequest, found: Sequence[Entry], chosen: dict[str, Any]) -> bytes:
    at = timezone.now()
    language = "en" if request.LANGUAGE_CODE.startswith("en") else "sv"
    data = {
        "title": _("Journal %(days)s") % {"days": _days(chosen["first"], chosen["last"])},
        "foot": _("Taken out %(moment)s") % {"moment": moment_text(at)},
        "lead": _("What was registered. Of what bears a secrecy mark neither sender, receiver nor content is told."),
        "columns": [_("Diary number"), _("Day"), _("Direction"), _("Sender or receiver"), _("What it concerns")],
        "rows": [
            [f"{one.number}-{one.document}", one.on.isoformat(), one.direction, one.counterpart, _concerns(one)]
            for one in found
        ],
        "empty": _("Nothing was registered on these days."),
    }
    return pdf(TEMPLATE, data, language, at=at)


def _days(first: date, last: date) -> str:
    return day_text(first) if first == last else f"{day_text(first)} – {day_text(last)}"
