"""The page that asks once more before a step is taken, and takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.selection import permissions
from samspel.selection.forms.steps import ReasonForm
from samspel.selection.models import Round
from samspel.selection.operations import deciding, drawing, freezing, proposing
from samspel.selection.operations.refusals import StepNotOpen
from samspel.selection.queries.wording import sentences_of
from samspel.selection.rules import road
from samspel.selection.views.found import context_of, round_for
from samspel.selection.views.road import BUTTONS, WORDS, obstacles_of


@dataclass(frozen=True)
class StepPage:
    """A step: what its page explains, the operation behind its button, and what is said when it is done."""

    step: str
    operation: Callable[..., Round]
    explains: Any
    done: Any
    needs_reason: bool = False
    is_grave: bool = False


PAGES: Mapping[str, StepPage] = {
    WORDS[page.step]: page
    for page in (
        StepPage(
            road.PROPOSE,
            proposing.propose,
            _(
                "The rules are closed for changes and wait for another person. Where pairs are drawn by lot, the "
                "system makes a secret seed now and publishes its SHA-256; nobody can read the seed before the freeze."
            ),
            _("The round is proposed. Another person has to confirm it."),
        ),
        StepPage(
            road.RETURN,
            proposing.return_to_draft,
            _("The rules can be changed again. The seed is destroyed, and the next proposal gets a new one."),
            _("The round is a draft again."),
            needs_reason=True,
        ),
        StepPage(
            road.CONFIRM,
            proposing.confirm,
            _("You confirm that frame, criteria, strata and choice are as they should be. It is recorded as yours."),
            _("The round is confirmed."),
        ),
        StepPage(
            road.FREEZE,
            freezing.freeze,
            _(
                "Today's figures are read and kept together with the rules, everybody in the frame is ranked, and the "
                "digest of it all is published. After that, nothing of it can be changed."
            ),
            _("The round is frozen, and its digest is published."),
            is_grave=True,
        ),
        StepPage(
            road.DRAW,
            drawing.run,
            _(
                "The selection is run once, on what was frozen. Where pairs are drawn by lot the seed decides. "
                "It cannot be undone."
            ),
            _("The selection is run."),
            is_grave=True,
        ),
        StepPage(
            road.ACCEPT,
            deciding.accept,
            _(
                "The offers are made as the selection came out. If the result is not to be accepted, "
                "void the round instead."
            ),
            _("The result is accepted, and the offers are made."),
        ),
        StepPage(
            road.PUBLISH,
            deciding.publish,
            _("Everybody sees who was offered. Ranking, pairs, comparison group and seed stay secret."),
            _("The offers are published."),
        ),
        StepPage(
            road.VOID,
            deciding.void,
            _("The round ends here. The reason is public, and everything that was done is kept."),
            _("The round is voided."),
            needs_reason=True,
            is_grave=True,
        ),
    )
}


@login_required
def step(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Ask once more, and take the step."""
    page = PAGES.get(word)
    if page is None:
        raise Http404
    at = timezone.now()
    round = round_for(request, slug)
    permissions.require(permissions.may_in_some_state(request.user, page.step, at))
    form = ReasonForm(request.POST or None) if page.needs_reason else None
    if request.method != "POST":
        return _asked(request, round, page, form, obstacles_of(round, page.step, request.user, at))
    if form is not None and not form.is_valid():
        return _asked(request, round, page, form, [])
    try:
        page.operation(round=round, by=request.user, at=at, **_given(form))
    except StepNotOpen as refusal:
        return _asked(request, round, page, form, sentences_of(refusal.problems))
    messages.success(request, page.done)
    return redirect("selection:detail", slug=slug)


def _given(form: ReasonForm | None) -> dict[str, str]:
    return {} if form is None else {"reason": form.cleaned_data["reason"]}


def _asked(request: HttpRequest, round: Round, page: StepPage, form: Any, obstacles: list[Any]) -> HttpResponse:
    title = BUTTONS[page.step]
    context = context_of(round, title, page=page, form=form, title=title, obstacles=obstacles)
    return render(request, "selection/step.html", context)
