"""A municipality's page: the place, who is responsible for education there, and its figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspel.kernel.ui.components import Crumb, Fact
from samspel.kernel.ui.figures import number_text
from samspel.kernel.ui.tables import Column, Table
from samspel.registry.models import Municipality, Organizer, Sex, Slice
from samspel.registry.queries import figures, organizers
from samspel.registry.views import figure_pages

PAGE_SIZE = 25


@require_safe
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    """Facts of the place, its organizers, and what is published of all schools in it."""
    place = get_object_or_404(Municipality.objects.select_related("county"), code=code)
    found = figures.of_subject(figures.MUNICIPALITY, place.code, slices=(Slice.ALL,), sexes=(Sex.ALL,))
    page = {
        "municipality": place,
        "crumbs": [Crumb(_("Start page"), "/"), Crumb(place.name)],
        "facts": _facts(place),
        "responsible": list(organizers.responsible_in(place.code)),
        "others": _others(place, request),
        **figure_pages.shown(found, request.GET),
    }
    return render(request, "registry/municipality.html", page)


def _facts(place: Municipality) -> list[Fact]:
    facts = [Fact(_("Municipality code"), place.code), Fact(_("County"), place.county.name)]
    if place.population is not None:
        note = _("31 December %(year)s") % {"year": place.population_year}
        facts.append(Fact(_("Inhabitants"), number_text(place.population), note=note))
    if place.latitude is not None:
        facts.append(Fact(_("Position"), f"{place.latitude} N, {place.longitude} E", note=_("A point inside the area")))
    return facts


def _others(place: Municipality, request: HttpRequest) -> Table:
    columns = [
        Column(
            "name",
            _("Organizer"),
            is_row_header=True,
            order_by=("sort_key",),
            url=lambda row: reverse("registry:organizer", args=[row.organization_number]),
        ),
        Column("type", _("Type"), value=Organizer.get_type_display),
        Column("number", _("Organization number"), value="written_number"),
    ]
    return Table(
        caption=_("Other organizers with school units here"),
        columns=columns,
        rows=organizers.with_units_in(place.code),
        params=request.GET,
        sort="name",
        page_size=PAGE_SIZE,
        name="others",
        empty=_("No school units of other organizers have been imported for this municipality."),
    )
