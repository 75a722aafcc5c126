"""The list of rounds, a new one, and the page of each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.casefiles import permissions as casefile_permissions
from samspel.kernel.ui.components import Crumb, Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.tables import Column, Table
from samspel.schemes.queries import name_of
from samspel.selection import permissions
from samspel.selection.forms.rounds import NewRoundForm
from samspel.selection.models import Round
from samspel.selection.operations import drafting
from samspel.selection.operations.refusals import StepNotOpen
from samspel.selection.queries.filing import case_file_of
from samspel.selection.queries.history import events_of
from samspel.selection.queries.proposals import first_rules
from samspel.selection.queries.rounds import visible_to, with_people
from samspel.selection.rules import road as road_rules
from samspel.selection.views import road
from samspel.selection.views.found import context_of
from samspel.selection.views.parts import downloads_of, links_of


@login_required
def round_list(request: HttpRequest) -> HttpResponse:
    """Every round this person may open."""
    at = timezone.now()
    permissions.require(permissions.may_see_rounds(request.user, at))
    table = Table(
        caption=_("Selection rounds"),
        columns=[
            Column("title", _("Round"), is_row_header=True, order_by=("title",), url=_address),
            Column("scheme", _("Scheme"), value=lambda round: name_of(round.edition.scheme, request.LANGUAGE_CODE)),
            Column("state", pgettext("of a round", "State"), kind="badge", value=road.badge_of, order_by=("state",)),
            Column("made_at", _("Begun"), kind="date", order_by=("made_at",)),
            Column("exercise", _("Kind"), value=_kind),
        ],
        rows=visible_to(request.user, at),
        params=request.GET,
        sort="-made_at",
        empty=_("There are no selection rounds yet."),
    )
    may_make = permissions.may_make(request.user, at)
    return render(request, "selection/list.html", {"table": table, "may_make": may_make})


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """A new round: which edition, what it is called, whether it is an exercise."""
    at = timezone.now()
    permissions.require(permissions.may_make(request.user, at))
    form = NewRoundForm(request.POST or None)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            round = _make(request, form.cleaned_data)
            return redirect("selection:rules", slug=round.slug)
        except StepNotOpen as refusal:
            errors = [(refusal.sentence, "")]
    crumbs = [Crumb(_("Selection rounds"), reverse("selection:list")), Crumb(_("New round"))]
    return render(request, "selection/new.html", {"form": form, "errors": errors, "crumbs": crumbs})


@login_required
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A round: where it stands, what happens next, what stands in the way, and what has been done."""
    at = timezone.now()
    permissions.require(permissions.may_see_rounds(request.user, at))
    round = get_object_or_404(with_people(visible_to(request.user, at)), slug=slug)
    is_inside = permissions.may_see_figures(request.user, round, at)
    context = context_of(
        round,
        badge=road.badge_of(round),
        next=road.next_of(round, request.user, at),
        steps=road.steps_of(round, names_people=is_inside),
        actions=road.side_actions(round, request.user, at),
        facts=[*_facts(round, request.LANGUAGE_CODE), *_case_file(request, round)],
        links=links_of(round, request.user, at),
        downloads=downloads_of(round, request.user, at),
        history=events_of(round, is_inside=is_inside),
        may_change=permissions.may(request.user, road_rules.CHANGE, round, at),
        is_returned=round.state == road_rules.DRAFT and bool(round.returned_because),
    )
    return render(request, "selection/detail.html", context)


def _make(request: HttpRequest, given: dict[str, Any]) -> Round:
    is_exercise = given.pop("is_exercise")
    return drafting.make(
        **given,
        is_exercise=is_exercise,
        # In a demo only invented organizers can be given anything; real ones take part in exercises.
        is_invented=settings.SAMSPEL_IS_DEMO and not is_exercise,
        rules=first_rules(given["edition"]),
        by=request.user,
        at=timezone.now(),
    )


def _facts(round: Round, language: str) -> list[Fact]:
    facts = [
        Fact(_("Scheme"), name_of(round.edition.scheme, language), round.edition.slug),
        Fact(_("The evaluation closes"), day_text(round.evaluation_closes_on)),
    ]
    if round.publish_by:
        facts.append(Fact(_("To be published by"), day_text(round.publish_by)))
    if round.commitment:
        note = _("SHA-256 of the seed that the draw will use. The seed itself is readable by nobody before the freeze.")
        facts.append(Fact(_("Commitment"), round.commitment, note))
    if round.digest:
        facts.append(Fact(_("Digest of the frozen document"), round.digest, _("SHA-256 of rules and figures.")))
    if round.result_digest:
        facts.append(Fact(_("Digest of the result"), round.result_digest))
    return facts


def _case_file(request: HttpRequest, round: Round) -> list[Fact]:
    """The diary number, with a way there for those who read the diary's case files of selection."""
    found = case_file_of(round)
    if found is None:
        return []
    is_reader = casefile_permissions.may(request.user, casefile_permissions.SEE, timezone.now())
    url = reverse("casefiles:detail", args=[found.address]) if is_reader else ""
    return [Fact(_("Diary number"), found.diary_number, _("Its protocols are documents there."), url)]


def _address(round: Round) -> str:
    return reverse("selection:detail", args=[round.slug])


def _kind(round: Round) -> str:
    if round.is_exercise:
        return _("Exercise on real figures")
    return _("Invented programme") if round.is_invented else _("Selection")
