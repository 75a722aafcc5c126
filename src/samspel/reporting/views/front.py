"""The front page, until the website takes it over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.kernel.ui.components import Badge, Card, Fact
from samspel.reporting.queries import addresses, support
from samspel.reporting.rules.status import Status
from samspel.reporting.views import downloads
from samspel.reporting.views.kept import kept
from samspel.schemes.queries import name_of
from samspel.selection.models import RoundState
from samspel.selection.queries import public

NEWEST = 6


@kept
def front(request: HttpRequest) -> HttpResponse:
    """What this is, the numbers, and the latest rounds."""
    day = downloads.today()
    newest = list(public.public_rounds().order_by("-proposed_at", "slug")[: 2 * NEWEST])
    real = [_card(one, request.LANGUAGE_CODE) for one in newest if not one.is_exercise][:NEWEST]
    exercises = [_card(one, request.LANGUAGE_CODE) for one in newest if one.is_exercise][:NEWEST]
    context = {
        "numbers": _numbers(support.counts(day)),
        "rounds": real,
        "exercises": exercises,
        "day": day,
    }
    return render(request, "reporting/front.html", context)


def _numbers(counts: dict[str, int]) -> list[Fact]:
    labels = {
        Status.CURRENT: _("Organizers with support now"),
        Status.ENDED: _("Organizers whose support has ended"),
        Status.OFFERED: _("Organizers that have an offer to answer"),
    }
    page = reverse("reporting:organizers")
    return [Fact(label, counts[status], url=f"{page}?status={status}") for status, label in labels.items()]


def _card(round: Any, language: str) -> Card:
    state = _("Published") if public.is_published(round) else RoundState(round.state).label
    kind = "success" if public.is_published(round) else "error" if round.state == RoundState.VOIDED else "info"
    badge = Badge(_("Exercise"), "warning") if round.is_exercise else Badge(state, kind)
    text = (
        f"{name_of(round.edition.scheme, language)}. {state}."
        if round.is_exercise
        else name_of(round.edition.scheme, language)
    )
    return Card(round.title, addresses.round_page(round.slug), text, badge)
