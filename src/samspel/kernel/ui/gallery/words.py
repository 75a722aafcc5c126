"""Examples of facts, ways in, roads and histories."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from samspel.kernel.ui.components import AHEAD, CURRENT, DONE, Badge, Card, Crumb, Download, Event, Fact, Step
from samspel.kernel.ui.figures import APPROXIMATE, Figure, figure_html, money_html


def crumbs() -> list[Crumb]:
    """The way to the gallery."""
    return [Crumb(_("Front page"), "/"), Crumb(_("Components"))]


def facts() -> list[Fact]:
    """A fact of each sort."""
    return [
        Fact(_("Organizer"), "Lövberga kommun", url="#facts"),
        Fact(_("Organization number"), "212000-0000", note=_("An invented example")),
        Fact(_("School units"), figure_html(Figure(14))),
        Fact(_("Budget"), money_html(123_456_750)),
        Fact(_("Ended"), None),
    ]


def key_figures() -> list[Fact]:
    """Figures side by side."""
    return [
        Fact(_("Pupils"), figure_html(Figure(1270, APPROXIMATE))),
        Fact(_("Merit value"), figure_html(Figure(214.5)), note=_("17 subjects, 2024/25")),
        Fact(_("Certified teachers"), figure_html(Figure(71.5, unit="%"))),
    ]


def cards() -> list[Card]:
    """Ways in."""
    return [
        Card(_("Organizers A–Ö"), "#cards", _("Everyone who is responsible for a school, in alphabetical order.")),
        Card(
            _("The map"),
            "#cards",
            _("Where support is given, county by county."),
            facts=(Fact(_("Municipalities"), "290"), Fact(_("Counties"), "21")),
        ),
        Card(_("The exercise of 2024"), "#cards", _("How a selection is made."), Badge(_("Published"), "success")),
    ]


def downloads() -> list[Download]:
    """Files to take."""
    return [
        Download(_("The list"), "#downloads", "CSV", 48_000),
        Download(_("The list"), "#downloads", "JSON"),
        Download(_("The protocol"), "#downloads", "PDF", 1_250_000),
    ]


def steps() -> list[Step]:
    """A road half walked."""
    officer = _("the officer")
    return [
        Step(_("Proposed"), DONE, officer, date(2026, 2, 2), url="#steps"),
        Step(_("Confirmed by another person"), CURRENT, _("a second officer"), date(2026, 3, 20)),
        Step(_("Frozen"), AHEAD, _("the system"), note=_("Data and rules can no longer be changed.")),
        Step(_("Drawn"), AHEAD, officer),
    ]


def history(moment: datetime) -> list[Event]:
    """Two things that happened."""
    return [
        Event(moment, _("The round was confirmed"), "Kim Ek", {_("Subjects"): "290"}),
        Event(moment - timedelta(days=29), _("The round was proposed"), "Sam Alm"),
    ]
