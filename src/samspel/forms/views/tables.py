"""The tables of answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.forms.models import Answer, AnswerState, HandOut, HandOutState, ParticipantDeed
from samspel.forms.queries import lists
from samspel.forms.queries.definitions import by_name
from samspel.forms.queries.seeing import about_whom, form_name, name_of
from samspel.forms.views.finding import address_of
from samspel.forms.views.road import badge_of
from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.tables import Column, Table

AT_A_GLANCE: Final = 10
BADGES: Final = {
    HandOutState.HANDING: "info",
    HandOutState.DONE: "success",
    HandOutState.WITHDRAWING: "warning",
    HandOutState.WITHDRAWN: "neutral",
}

# What an answer is about, as lists put it in order.
_WHOM = Coalesce("organizer__sort_key", "school_unit__sort_key", "university__sort_key")


def of_mine(request: HttpRequest, found: QuerySet[Answer], at: datetime) -> Table:
    """What a person takes part in, what waits first."""
    table = Table(
        caption=_("My forms"),
        columns=[*_first(), Column("deed", _("What you do"), value=lambda one: deeds(one)), *_rest(at)],
        rows=found,
        params=request.GET,
        empty=_("You take part in no form now."),
    )
    done = lists.with_deeds(list(table.page), request.user, at)

    def deeds(one: Answer) -> str:
        held = done.get(one.pk, set())
        return ", ".join(str(ParticipantDeed(deed).label) for deed in ParticipantDeed if deed in held)

    return table


def of_handed_out(request: HttpRequest, found: QuerySet[Answer], filters: Any, at: datetime) -> Table:
    """What has been handed out and begun, with how far each has come."""
    return Table(
        caption=_("Handed out"),
        columns=[*_first(("whom_key",)), *_rest(at)],
        rows=found.annotate(whom_key=_WHOM),
        params=request.GET,
        sort="due_on",
        filters=filters,
        empty=_("There are no such forms."),
    )


def of_submitted(request: HttpRequest, found: QuerySet[Answer], filters: Any) -> Table:
    """What has been submitted, the newest first: for those who read it and follow nothing else."""
    when = Column("submitted_at", _("Submitted"), kind="moment", order_by=("submitted_at",))
    return Table(
        caption=_("Submitted forms"),
        columns=[*_first(("whom_key",)), when],
        rows=found.annotate(whom_key=_WHOM),
        params=request.GET,
        sort="-submitted_at",
        filters=filters,
        empty=_("There are no such forms."),
    )


def of_newest(request: HttpRequest, found: QuerySet[Answer]) -> Table:
    """What came in last, as much as is seen at a glance."""
    return Table(
        caption=_("Came in last"),
        columns=[*_first(), Column("submitted_at", _("Submitted"), kind="moment")],
        rows=list(found[:AT_A_GLANCE]),
        params=request.GET,
        name="inne",
        empty=_("Nothing has been submitted yet."),
    )


def of_hand_outs(request: HttpRequest, found: QuerySet[HandOut]) -> Table:
    """What has been handed out to many, the newest first, with how much of it is in."""
    return Table(
        caption=_("Handed out last"),
        columns=[
            Column("form", _("Form"), value=_handed_out, is_row_header=True, url=_hand_out_page),
            Column("decided_at", _("Handed out"), kind="moment"),
            Column("due_on", _("Ready by"), kind="date"),
            Column("submitted", _("Submitted"), value=lambda one: _of(one.submitted, one.begun)),
            Column("state", pgettext("of an answer", "State"), kind="badge", value=hand_out_badge),
        ],
        rows=found,
        params=request.GET,
        name="utlamnat",
        page_size=AT_A_GLANCE,
        empty=_("Nothing has been handed out yet."),
    )


def hand_out_badge(one: HandOut) -> Badge:
    """Its state in a word."""
    return Badge(one.get_state_display(), BADGES[HandOutState(one.state)])


def _handed_out(one: HandOut) -> str:
    return ", ".join(filter(None, [name_of(one.version.definition), one.about]))


def _hand_out_page(one: HandOut) -> str:
    return reverse("forms:hand_out_page", args=[one.key])


def _of(number: int, every: int) -> str:
    return _("%(ready)s of %(all)s") % {"ready": number, "all": every}


def _first(by_whom: tuple[str, ...] = ()) -> list[Column]:
    return [
        Column(
            "form",
            _("Form"),
            value=form_name,
            is_row_header=True,
            url=address_of,
            order_by=(*by_name("version__definition__"), "due_on"),
        ),
        Column("whom", _("About"), value=about_whom, order_by=by_whom),
    ]


def _rest(at: datetime) -> list[Column]:
    return [
        Column("ready", _("Sections ready"), value=_how_far),
        Column("due_on", _("Ready by"), kind="date", order_by=("due_on",)),
        Column("state", pgettext("of an answer", "State"), kind="badge", value=lambda one: badge_of(one, at)),
    ]


def _how_far(one: Answer) -> str:
    if one.state != AnswerState.WRITING:
        return "–"
    return _of(getattr(one, "ready", 0), getattr(one, "sections", 0))
