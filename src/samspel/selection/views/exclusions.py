"""The page where organizers are taken out of a draft's frame, one by one, and put back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.registry.models import Organizer
from samspel.selection import permissions
from samspel.selection.forms.steps import ExclusionForm
from samspel.selection.models import Round
from samspel.selection.operations import drafting
from samspel.selection.operations.refusals import StepNotOpen
from samspel.selection.queries.ranking import organizer_of
from samspel.selection.rules import road
from samspel.selection.views.found import context_of, round_with_figures


@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is taken out and why; in a draft also the form to take out one more."""
    round = round_with_figures(request, slug)
    may_change = permissions.may(request.user, road.CHANGE, round, timezone.now())
    form = ExclusionForm(request.POST or None)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST":
        permissions.require(permissions.may_in_some_state(request.user, road.CHANGE, timezone.now()))
        if form.is_valid():
            refused = _exclude(request, round, form)
            if refused is None:
                return redirect("selection:exclusions", slug=slug)
            errors = [refused]
    return _render(request, round, form, errors, may_change)


@login_required
def include(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Ask once more, and put an organizer back into the frame."""
    round = round_with_figures(request, slug)
    permissions.require(permissions.may_in_some_state(request.user, road.CHANGE, timezone.now()))
    organizer = get_object_or_404(Organizer, organization_number=number, exclusions__round=round)
    obstacles: list[Any] = []
    if request.method == "POST":
        try:
            drafting.include(round=round, organizer=organizer, by=request.user, at=timezone.now())
            messages.success(request, _("%(name)s is back in the frame.") % {"name": organizer.name})
            return redirect("selection:exclusions", slug=slug)
        except StepNotOpen as refusal:
            obstacles = [refusal.sentence]
    context = context_of(round, _("Put back"), organizer=organizer, obstacles=obstacles)
    return render(request, "selection/include.html", context)


def _exclude(request: HttpRequest, round: Round, form: ExclusionForm) -> tuple[Any, str] | None:
    given = form.cleaned_data
    organizer = organizer_of(given["organizer"])
    if organizer is None:
        return _("There is no organizer with just that number or name."), "id_organizer"
    try:
        drafting.exclude(
            round=round,
            organizer=organizer,
            kind=given["kind"],
            reason=given["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except StepNotOpen as refusal:
        return refusal.sentence, ""
    messages.success(request, _("%(name)s is taken out of the frame.") % {"name": organizer.name})
    return None


def _render(request: HttpRequest, round: Round, form: Any, errors: list[Any], may_change: bool) -> HttpResponse:
    rows = round.exclusions.select_related("organizer", "made_by")
    context = context_of(round, _("Exclusions"), rows=rows, form=form, errors=errors, may_change=may_change)
    return render(request, "selection/exclusions.html", context)
