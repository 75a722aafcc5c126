"""An organizer's own page, public, and its figures as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspel.kernel.ui.components import Badge, Crumb, Download, Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.figures import number_text
from samspel.kernel.ui.tables import Table
from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
from samspel.registry.models import Organizer, Sex, Slice
from samspel.registry.queries import figures, organizers
from samspel.registry.queries.figures import PublishedFigure
from samspel.registry.views import figure_files, figure_pages, unit_tables
from samspel.registry.views.histories import public_history

KINDS = ("csv", "json")


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """Facts, area, units and figures of one organizer, and what higher apps have to show of it."""
    organizer = _organizer(number)
    if organizer.organization_number != number:
        return redirect("registry:organizer", number=organizer.organization_number, permanent=True)
    found = _figures(organizer)
    page = {
        "organizer": organizer,
        "crumbs": [Crumb(_("Start page"), "/"), Crumb(organizer.name)],
        "badges": _badges(organizer),
        "facts": _facts(organizer),
        "members": list(organizer.memberships.all()),
        "municipality": _municipality_of_figures(organizer),
        "units": _units(organizer, request),
        "panels": [panel for provider in organizers.organizer_panels if (panel := provider(request, organizer))],
        "downloads": _downloads(organizer) if found else [],
        "history": public_history(organizer),
        **figure_pages.shown(found, request.GET),
    }
    return render(request, "registry/organizer.html", page)


@require_safe
def export(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Every figure that counts of an organizer, with sources, as CSV or JSON."""
    if kind not in KINDS:
        raise Http404
    organizer = _organizer(number)
    return figure_files.answer(kind, organizer, _figures(organizer, all_sexes=True))


def _organizer(number: str) -> Organizer:
    try:
        digits = parse_organization_number(number)
    except IdentifierRefused as refused:
        raise Http404 from refused
    return get_object_or_404(organizers.with_area(), organization_number=digits)


def _figures(organizer: Organizer, *, all_sexes: bool = False) -> list[PublishedFigure]:
    """The municipal schools' figures for a municipal organizer, its own for any other."""
    sexes = () if all_sexes else (Sex.ALL,)
    if municipality := organizers.own_municipality(organizer):
        # What is told of a whole municipality, whoever runs its schools, stands on the municipality's page.
        return figures.of_subject(figures.MUNICIPALITY, municipality, slices=(Slice.MUNICIPAL,), sexes=sexes)
    return figures.of_subject(figures.ORGANIZER, organizer.organization_number, sexes=sexes)


def _municipality_of_figures(organizer: Organizer) -> Any:
    code = organizers.own_municipality(organizer)
    return next((one.municipality for one in organizer.memberships.all() if one.municipality_id == code), None)


def _badges(organizer: Organizer) -> list[Badge]:
    badges = [Badge(organizer.get_type_display(), "info")]
    if organizer.is_invented:
        badges.append(Badge(_("Invented"), "warning"))
    if organizer.ended_on:
        badges.append(Badge(_("Ended"), "neutral"))
    return badges


def _facts(organizer: Organizer) -> list[Fact]:
    facts = [Fact(_("Organization number"), organizer.written_number), Fact(_("Type"), organizer.get_type_display())]
    if organizer.legal_form:
        facts.append(Fact(_("Legal form"), organizer.legal_form))
    if organizer.county:
        facts.append(Fact(_("County"), organizer.county.name))
    if organizer.municipality:
        seat = organizer.municipality
        facts.append(Fact(_("Seat"), seat.name, url=reverse("registry:municipality", args=[seat.code])))
    if organizer.ended_on:
        facts.append(Fact(_("Ended"), day_text(organizer.ended_on)))
    population = [one.municipality.population for one in organizer.memberships.all()]
    if population and None not in population:
        years = sorted({one.municipality.population_year for one in organizer.memberships.all()})
        note = _("31 December %(year)s") % {"year": ", ".join(map(str, years))}
        facts.append(Fact(_("Inhabitants in its area"), number_text(sum(population)), note=note))
    return facts


def _units(organizer: Organizer, request: HttpRequest) -> Table:
    return unit_tables.table(organizers.units_in_use(organizer), request.GET, with_organizer=False)


def _downloads(organizer: Organizer) -> list[Download]:
    return [
        Download(_("The figures of this page"), reverse("registry:organizer_export", args=[
            organizer.organization_number, kind]), kind.upper())
        for kind in KINDS
    ]  # fmt: skip
