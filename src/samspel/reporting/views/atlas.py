"""The map, and the same as a table."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samspel.kernel.ui.components import Crumb
from samspel.kernel.ui.tables import Column, Table
from samspel.reporting.forms import MapFilter
from samspel.reporting.queries.atlas import Atlas, LegendEntry, Place, atlas, row_id
from samspel.reporting.rules.areas import areas
from samspel.reporting.rules.exports import Export
from samspel.reporting.rules.styles import definition
from samspel.reporting.views import downloads, organizers
from samspel.reporting.views.kept import kept

# The table beneath has what the map has: all of it, on one page.
ALL_ROWS = 100_000


@kept
def map_page(request: HttpRequest) -> HttpResponse:
    """Sweden with the organizers marked by round."""
    form, day = MapFilter(request.GET), downloads.today()
    shown = atlas(form.asked, on=day, rounds=form.rounds)
    context = {
        "crumbs": [Crumb(_("Start page"), reverse("reporting:front")), Crumb(_("Map"))],
        "form": form,
        "atlas": shown,
        "svg": mark_safe(shown.svg()),
        "legend": [(entry, swatch(entry)) for entry in shown.legend],
        "table": _table(shown),
        "areas": areas(),
        "day": day,
        "is_filtered": any(request.GET.get(field.html_name) for field in form),
        "downloads": downloads.links("reporting:map_export", query=request.GET.urlencode()),
    }
    return render(request, "reporting/map.html", context)


@kept
def map_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The map's rows as a file; the PDF has the drawing too."""
    form, day = MapFilter(request.GET), downloads.today()
    shown = atlas(form.asked, on=day, rounds=form.rounds)
    export = Export(
        title=_("Map of organizers by selection round"),
        day=day,
        source=_("Samspel, published selection rounds; areas: Statistics Sweden (SCB), by way of %(package)s")
        % {"package": areas().by_way_of},
        columns=(*organizers.columns(), ("municipality_codes", _("Codes of municipalities")), ("area", _("Area"))),
        rows=[row for place in shown.places for row in _rows_of(place, day)],
        address=request.build_absolute_uri(reverse("reporting:map")),
        notes=downloads.notes(),
        words=downloads.words(),
    )
    return downloads.answer(
        request, kind, export, name="karta", template="reporting/documents/map.typ", extra=_drawn(shown, kind)
    )


def swatch(entry: LegendEntry) -> SafeString:
    """The round's colour and pattern beside its name; hidden from readers of the text, who have the name."""
    return mark_safe(
        '<svg class="map-swatch" viewBox="0 0 40 24" width="40" height="24" aria-hidden="true" focusable="false"><defs>'
        + definition(entry.style, tile=9, prefix="swatch-")
        + f'</defs><path fill="url(#swatch-{entry.style.id})" d="M1 1h38v22H1z"/></svg>'
    )


def _rows_of(place: Place, day: Any) -> list[dict[str, Any]]:
    where = {"municipality_codes": [m.code for m in place.municipalities], "area": place.where}
    return [{**row, **where} for row in organizers.rows_of(place.organizer, day)]


def _drawn(shown: Atlas, kind: str) -> dict[str, Any]:
    """What the map's document has beside its rows: the drawing and its legend."""
    if kind != "pdf":
        return {}
    legend = [{"svg": _lone_swatch(entry), "title": _legend_text(entry)} for entry in shown.legend]
    return {"svg": shown.svg(lone=True), "description": shown.description, "legend": legend}


def _lone_swatch(entry: LegendEntry) -> str:
    return swatch(entry).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _legend_text(entry: LegendEntry) -> str:
    kind = f" ({_('Exercise')})" if entry.round.is_exercise else ""
    return f"{entry.round.title}{kind}: {entry.count}"


def _table(shown: Atlas) -> Table:
    columns = [
        Column("name", _("Organizer"), value=_row_name, is_row_header=True),
        Column("where", _("Area")),
        Column("support", _("Round and status"), value=lambda place: organizers.support_html(place.supports)),
    ]
    return Table(
        columns=columns,
        rows=shown.places,
        params=QueryDict(),
        caption=_("The map as a table"),
        page_size=ALL_ROWS,
        empty=_("No organizer matches the filter."),
    )


def _row_name(place: Place) -> SafeString:
    return format_html('<span id="{}">{}</span>', row_id(place.organizer), organizers.name_html(place.organizer))
