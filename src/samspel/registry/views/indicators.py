"""What is measured: every indicator with its definitions, sources and caveats."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspel.kernel.ui.components import Crumb, Fact
from samspel.kernel.ui.tables import Column, Table
from samspel.kernel.values.sorting import sort_key
from samspel.registry.models import Indicator
from samspel.registry.queries import indicators as queries

PAGE_SIZE = 50


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All indicators that figures have been imported for."""
    rows = [
        {
            "key": row.key,
            "name": queries.name_of(row),
            "sort_key": sort_key(queries.name_of(row)),
            "unit": queries.UNIT_NAMES.get(row.unit_of_measure, row.unit_of_measure),
            "authority": row.authority,
        }
        for row in queries.all_by_name()
    ]
    columns = [
        Column(
            "name",
            _("Indicator"),
            is_row_header=True,
            order_by=("sort_key",),
            url=lambda row: reverse("registry:indicator", args=[row["key"]]),
        ),
        Column("unit", _("Unit of measure")),
        Column("authority", _("Published by"), order_by=("authority",)),
    ]
    table = Table(
        caption=_("Indicators"),
        columns=columns,
        rows=rows,
        params=request.GET,
        sort="name",
        page_size=PAGE_SIZE,
        empty=_("No figures have been imported yet."),
    )
    crumbs = [Crumb(_("Start page"), "/"), Crumb(_("Indicators"))]
    return render(request, "registry/indicators.html", {"table": table, "crumbs": crumbs})


@require_safe
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """One indicator: what it measures, how that has changed, and which files its figures stand in."""
    indicator = get_object_or_404(Indicator.objects.prefetch_related("definitions"), key=key)
    name = queries.name_of(indicator)
    definitions = list(indicator.definitions.all())
    page = {
        "name": name,
        "crumbs": [
            Crumb(_("Start page"), "/"),
            Crumb(_("Indicators"), reverse("registry:indicators")),
            Crumb(name),
        ],
        "facts": _facts(indicator),
        "caveat": queries.caveat_of(definitions[-1]) if definitions else "",
        "definitions": [
            {"version": row.version, "starts": row.from_period, "change": queries.change_of(row)} for row in definitions
        ],
        "sources": _sources(indicator, request),
    }
    return render(request, "registry/indicator.html", page)


def _facts(indicator: Indicator) -> list[Fact]:
    facts = [
        Fact(_("Unit of measure"), queries.UNIT_NAMES.get(indicator.unit_of_measure, indicator.unit_of_measure)),
        Fact(_("Published by"), indicator.authority),
        Fact(_("Key"), indicator.key, note=_("The name it goes by in files and rounds")),
    ]
    if indicator.series_breaks:
        note = _("Figures before and after are not to be compared.")
        facts.append(Fact(_("The series breaks at"), ", ".join(indicator.series_breaks), note=note))
    return facts


def _sources(indicator: Indicator, request: HttpRequest) -> Table:
    columns = [
        Column("title", _("File"), is_row_header=True, value=lambda row: row["file__title"] or row["file__name"]),
        # Names with double underscores would be read as paths.
        Column("on", _("Taken out"), kind="date", value=lambda row: row["file__extracted_on"]),
        Column("years", _("Years"), value=lambda row: _years(row["first"], row["last"])),
        Column("count", _("Figures"), kind="number"),
        Column("digest", _("Digest (SHA-256)"), value=lambda row: row["file__digest"][:16]),
    ]
    return Table(
        caption=_("Files the figures stand in"),
        columns=columns,
        rows=queries.sources_of(indicator),
        params=request.GET,
        name="sources",
        empty=_("No figures count at present."),
    )


def _years(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
