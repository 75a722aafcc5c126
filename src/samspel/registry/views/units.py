"""A school unit's own page, public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspel.kernel.ui.components import Crumb, Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.figures import number_text
from samspel.registry.models import SchoolUnit, Sex
from samspel.registry.queries import figures
from samspel.registry.rules.school_forms import form_name
from samspel.registry.views import figure_pages
from samspel.registry.views.histories import public_history
from samspel.registry.views.unit_tables import status_badge


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """What the register says of a unit, and its published figures."""
    units = SchoolUnit.objects.select_related("organizer", "municipality").prefetch_related("forms")
    unit = get_object_or_404(units, code=code)
    organizer_url = reverse("registry:organizer", args=[unit.organizer.organization_number])
    found = figures.of_subject(figures.SCHOOL_UNIT, unit.code, sexes=(Sex.ALL,))
    page = {
        "unit": unit,
        "badge": status_badge(unit),
        "crumbs": [Crumb(_("Start page"), "/"), Crumb(unit.organizer.name, organizer_url), Crumb(unit.name)],
        "facts": _facts(unit, organizer_url),
        "history": public_history(unit),
        **figure_pages.shown(found, request.GET),
    }
    return render(request, "registry/unit.html", page)


def _facts(unit: SchoolUnit, organizer_url: str) -> list[Fact]:
    facts = [
        Fact(_("School-unit code"), unit.code),
        Fact(_("Organizer"), unit.organizer.name, url=organizer_url),
    ]
    if unit.municipality:
        place = reverse("registry:municipality", args=[unit.municipality_id])
        facts.append(Fact(_("Municipality"), unit.municipality.name, url=place))
    for form in unit.forms.all():
        told = [_("years %(grades)s") % {"grades": form.grades.replace(" ", ", ")}] if form.grades else []
        if form.pupils is not None:
            told.append(_("%(count)s pupils") % {"count": number_text(form.pupils)})
        facts.append(Fact(_("School form"), _(form_name(form.form, unit.as_of)), note=", ".join(told)))
    if unit.ended_on:
        facts.append(Fact(_("Not in the register since"), day_text(unit.ended_on)))
    return facts
