"""The tables of case files and of documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.casefiles import permissions
from samspel.casefiles.forms.casefiles import SearchForm
from samspel.casefiles.models import CaseFile, Document
from samspel.casefiles.queries.people import counterparts, names_in
from samspel.casefiles.views.found import address_of, document_address
from samspel.casefiles.views.road import badge_of, marks_of
from samspel.kernel.ui.tables import Column, Table


def of_case_files(request: HttpRequest, found: QuerySet[CaseFile], form: SearchForm, names: dict[UUID, str]) -> Table:
    """Case files, the newest first."""
    # Whoever once handled one and holds no such role now is named too.
    known = dict(names) | names_in(set(found.values_list("handler", flat=True).order_by().distinct()) - set(names))
    return Table(
        caption=_("Case files"),
        columns=[
            Column(
                "number",
                _("Diary number"),
                value=lambda one: one.diary_number,
                is_row_header=True,
                order_by=("year", "number", "series__code"),
                url=address_of,
            ),
            Column("title", _("What it concerns"), value=title_of),
            Column("parties", _("Parties"), value=parties_of),
            Column("handler", _("Handler"), value=lambda one: known.get(one.handler, "") or _("Nobody yet")),
            Column("state", pgettext("of a case file", "State"), kind="badge", value=badge_of, order_by=("state",)),
            Column("opened_at", _("Opened"), kind="date", order_by=("opened_at",)),
        ],
        rows=found,
        params=request.GET,
        sort="-opened_at",
        filters=form,
        empty=_("There are no such case files."),
    )


def of_documents(request: HttpRequest, found: Sequence[Document], at: datetime) -> Table:
    """A case file's documents in the order of their numbers; one that she may not read shows its number and mark."""
    who = counterparts(found)
    readable = {one.pk for one in found if permissions.may_read(request.user, one, at)}

    def shown(value: Any) -> Any:
        return lambda one: value(one) if one.pk in readable else _("Secrecy mark")

    return Table(
        caption=pgettext("of a case file", "Documents"),
        columns=[
            Column("number", pgettext("of a document", "Number"), kind="number", decimals=0, is_row_header=True),
            Column("on", _("Day"), kind="date"),
            Column("direction", _("Direction"), value=lambda one: one.get_direction_display()),
            Column("kind", _("Kind"), value=lambda one: one.get_kind_display()),
            Column("title", _("What it concerns"), value=shown(lambda one: one.title), url=_address_if(readable)),
            Column("who", _("Sender or receiver"), value=shown(lambda one: who[one.pk])),
            Column("marks", _("Marks"), value=lambda one: ", ".join(str(mark.label) for mark in marks_of(one))),
        ],
        rows=list(found),
        params=request.GET,
        name="handlingar",
        page_size=100,
        empty=_("No documents are registered yet."),
    )


def title_of(case_file: CaseFile) -> str:
    """What it concerns, unless that is secret."""
    return _("Secrecy mark") if case_file.secrecy_ground else case_file.title


def parties_of(case_file: CaseFile) -> str:
    """Whom it concerns, in the order they were added; read with its parties."""
    return ", ".join(party_name(one) for one in case_file.parties.all())


def party_name(party: Any) -> str:
    """What a party is called."""
    place = party.organizer or party.university
    return place.name if place else party.name


def _address_if(readable: set[int]) -> Any:
    return lambda one: document_address(one) if one.pk in readable else None
