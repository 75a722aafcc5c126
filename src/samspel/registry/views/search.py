"""Search over organizers and school units: the header's search leads here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspel.kernel.ui.components import Crumb
from samspel.kernel.ui.tables import Column, Table
from samspel.registry.forms.imports import SearchForm
from samspel.registry.models import Organizer
from samspel.registry.queries import search as queries
from samspel.registry.queries.search import Sought

PAGE_SIZE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found for `q`: organizers, and school units."""
    asked = request.GET.get("q", "").replace("\0", "")
    sought = Sought.of(asked)
    page = {
        "crumbs": [Crumb(_("Start page"), "/"), Crumb(_("Search"))],
        "form": SearchForm(initial={"q": asked}),
        "asked": asked.strip(),
        "is_empty": sought.is_empty,
        "organizers": _organizers(sought, request),
        "units": _units(sought, request),
    }
    return render(request, "registry/search.html", page)


def _organizers(sought: Sought, request: HttpRequest) -> Table:
    columns = [
        Column(
            "name",
            _("Organizer"),
            is_row_header=True,
            url=lambda row: reverse("registry:organizer", args=[row.organization_number]),
        ),
        Column("type", _("Type"), value=Organizer.get_type_display),
        Column("county", _("County"), value="county__name"),
        Column("number", _("Organization number"), value="written_number"),
        Column("invented", _("Invented"), value=lambda row: _("Invented for the demonstration") * row.is_invented),
    ]
    return Table(
        caption=_("Organizers"),
        columns=columns,
        rows=queries.organizers(sought),
        params=request.GET,
        page_size=PAGE_SIZE,
        name="organizers",
        empty=_("No organizer was found."),
    )


def _units(sought: Sought, request: HttpRequest) -> Table:
    columns = [
        Column(
            "name",
            _("School unit"),
            is_row_header=True,
            url=lambda row: reverse("registry:unit", args=[row.code]),
        ),
        Column("organizer", _("Organizer"), value="organizer__name"),
        Column("municipality", _("Municipality"), value="municipality__name"),
        Column("code", _("School-unit code")),
    ]
    return Table(
        caption=_("School units"),
        columns=columns,
        rows=queries.school_units(sought),
        params=request.GET,
        page_size=PAGE_SIZE,
        name="units",
        empty=_("No school unit was found."),
    )
