"""Files to take away: CSV, JSON and PDF of the same rows, under names that say what and of which day."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspel.kernel.documents import pdf
from samspel.kernel.ui.components import Download
from samspel.reporting.rules.exports import Export, as_csv, as_document, as_json

KINDS = {
    "csv": ("CSV", "text/csv; charset=utf-8", as_csv),
    "json": ("JSON", "application/json", as_json),
    "pdf": ("PDF", "application/pdf", None),
}


def links(url_name: str, *args: str, query: str = "") -> list[Download]:
    """The three files at an address that takes their kind last, with the page's own filters."""
    tail = f"?{query}" if query else ""
    texts = {"csv": _("Table for a spreadsheet"), "json": _("Data for programs"), "pdf": _("Document to read or print")}
    return [Download(texts[kind], reverse(url_name, args=[*args, kind]) + tail, KINDS[kind][0]) for kind in KINDS]


def notes() -> tuple[str, ...]:
    """What must be said with every file of this home."""
    if not settings.SAMSPEL_IS_DEMO:
        return ()
    invented = _("Demonstration: the programme shown here is invented.")
    real = _("Figures about real municipalities are published statistics, and selections made from them are exercises.")
    return (f"{invented} {real}",)


def words() -> dict[str, str]:
    """What files call things that are the same in all of them."""
    return {
        "as_of": _("As of"),
        "source": _("Source"),
        "note": _("Note"),
        "rows": _("rows"),
        "yes": _("Yes"),
        "none": _("There is nothing to list."),
    }


def answer(
    request: HttpRequest,
    kind: str,
    export: Export,
    *,
    name: str,
    template: str = "",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """The file of a kind. Http404 for a kind there is not."""
    if kind not in KINDS:
        raise Http404(kind)
    _label, content_type, serialise = KINDS[kind]
    body = serialise(export) if serialise else _pdf(export, template, extra or {})
    return HttpResponse(
        body,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}-{export.day.isoformat()}.{kind}"'},
    )


def today() -> date:
    """The day that pages and files show."""
    return timezone.localdate()


def _pdf(export: Export, template: str, extra: dict[str, Any]) -> bytes:
    midnight = timezone.make_aware(datetime.combine(export.day, time()))
    return pdf(template, {**as_document(export), **extra}, get_language() or "sv", at=midnight)
