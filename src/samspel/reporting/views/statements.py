"""The duties' pages: accessibility, and how personal data are handled."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.kernel.ui.components import Crumb
from samspel.reporting.views.kept import kept

# The day the statement was last gone through.
REVIEWED_ON = date(2026, 11, 21)


@kept
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that lagen (2018:1937) om tillgänglighet till digital offentlig service asks for."""
    return _statement(request, "accessibility", _("Accessibility"))


@kept
def personal_data(request: HttpRequest) -> HttpResponse:
    """What the service knows of people, and why."""
    return _statement(request, "personal_data", _("Personal data"))


def _statement(request: HttpRequest, name: str, title: str) -> HttpResponse:
    context = {
        "crumbs": [Crumb(_("Start page"), reverse("reporting:front")), Crumb(title)],
        "reviewed_on": REVIEWED_ON,
        "contact": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, f"reporting/{name}.html", context)
