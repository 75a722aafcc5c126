"""The list of organizers A–Ö."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.kernel.ui.components import Badge, Crumb
from samspel.kernel.ui.tables import Column, Table, address_with
from samspel.registry.models import Organizer
from samspel.reporting.forms import ListFilter
from samspel.reporting.queries import addresses, support
from samspel.reporting.rules import alphabet
from samspel.reporting.rules.exports import Export
from samspel.reporting.rules.sought import Sought
from samspel.reporting.views import downloads
from samspel.reporting.views.kept import kept

PAGE_SIZE = 50


@kept
def organizer_list(request: HttpRequest) -> HttpResponse:
    """Who has, has had or has been offered support, in alphabetical order."""
    form, day = ListFilter(request.GET), downloads.today()
    asked = form.asked
    found = support.organizers(asked, on=day)
    context = {
        "crumbs": [Crumb(_("Start page"), reverse("reporting:front")), Crumb(_("Organizers A–Ö"))],
        "table": _table(support.under_letter(found, asked.letter), form, request.GET, day, asked),
        "letters": _letters(request, asked, support.letters(found)),
        "form": form,
        "asked": asked,
        "day": day,
        "downloads": downloads.links("reporting:organizer_export", query=request.GET.urlencode()),
    }
    return render(request, "reporting/organizers.html", context)


@kept
def organizer_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as a file, with the filters of the page."""
    asked, day = ListFilter(request.GET).asked, downloads.today()
    organizers = support.under_letter(support.organizers(asked, on=day), asked.letter)
    rows = [row for organizer in organizers for row in rows_of(organizer, day)]
    export = Export(
        title=_("Organizers A–Ö"),
        day=day,
        source=_("Samspel, published selection rounds"),
        columns=columns(),
        rows=rows,
        address=request.build_absolute_uri(reverse("reporting:organizers")),
        notes=downloads.notes(),
        words=downloads.words(),
    )
    return downloads.answer(request, kind, export, name="huvudman", template="reporting/documents/list.typ")


def columns() -> tuple[tuple[str, str], ...]:
    """The columns of a file of organizers: key and heading."""
    return (
        ("organization_number", _("Organization number")),
        ("name", _("Organizer")),
        ("type", _("Type")),
        ("county", _("County")),
        ("programme", _("Programme")),
        ("round", _("Selection round")),
        ("status", _("Status")),
        ("exercise", _("Exercise")),
        ("invented", _("Invented")),
        ("offered_on", pgettext("day", "Offered")),
        ("ended_on", _("Ended")),
    )


def rows_of(organizer: Organizer, day: date) -> list[dict[str, Any]]:
    """An organizer's rows in a file: one for each round, or one without."""
    facts = {
        "organization_number": organizer.written_number,
        "name": organizer.name,
        "type": organizer.get_type_display(),
        "county": organizer.county.name if organizer.county else None,
        "invented": organizer.is_invented,
    }
    has = [
        {
            "programme": one.scheme_name,
            "round": one.round_title,
            "status": one.label,
            "exercise": one.is_exercise,
            "offered_on": None if one.is_exercise else one.offered_on,
            "ended_on": one.ended_on,
        }
        for one in support.supports_of(organizer, day)
    ]
    return [{**facts, **one} for one in has or [{}]]


def support_html(supports: list[support.Support]) -> SafeString | str:
    """What an organizer has, a line for each round: its name as a link, and a badge."""
    lines = (
        (addresses.round_page(one.round_slug), one.round_title, one.badge.kind, one.badge.label) for one in supports
    )
    listed = format_html_join("", '<li><a href="{}">{}</a> <span class="badge badge--{}">{}</span></li>', lines)
    return format_html('<ul class="support-list">{}</ul>', listed) if supports else "–"


def name_html(organizer: Organizer) -> SafeString:
    """An organizer's name as a link to its page, and that it is invented where so."""
    url = addresses.organizer(organizer)
    name = format_html('<a href="{}">{}</a>', url, organizer.name) if url else organizer.name
    invented = Badge(_("Invented"), "warning") if organizer.is_invented else None
    badge = format_html(' <span class="badge badge--{}">{}</span>', invented.kind, invented.label) if invented else ""
    return format_html("{}{}", name, badge)


def _table(organizers: Any, form: ListFilter, params: Any, day: date, asked: Sought) -> Table:
    order = ("sort_key", "organization_number")
    shown = [
        Column("name", _("Organizer"), value=name_html, order_by=order, is_row_header=True),
        Column("type", _("Type"), value=lambda o: o.get_type_display(), order_by=("type", *order)),
        Column("county", _("County"), value="county__name", order_by=("county__sort_key", *order)),
        Column("support", _("Round and status"), value=lambda o: support_html(support.supports_of(o, day))),
    ]
    return Table(
        columns=shown,
        rows=organizers,
        params=params,
        caption=_("All organizers in the register") if asked.is_everyone else _("Organizers with support"),
        sort="name",
        page_size=PAGE_SIZE,
        filters=form,
        empty=_("No organizer matches the filter."),
    )


def _letters(request: HttpRequest, asked: Sought, present: list[str]) -> list[tuple[str, str, bool]]:
    """(letter, address or nothing, whether it is the one shown) for the row of letters."""

    def url(letter: str) -> str:
        return address_with(request.GET, {"bokstav": letter, "page": None})

    return [(letter, url(letter) if letter in present else "", letter == asked.letter) for letter in alphabet.LETTERS]
