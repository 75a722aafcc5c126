"""Forms are handed out, and what has been handed out is seen with how far it has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samspel.forms import permissions
from samspel.forms.forms.answers import HandOutForm, SearchForm
from samspel.forms.models import AnswerState, Definition
from samspel.forms.operations import handing_out as operations
from samspel.forms.queries import lists
from samspel.forms.queries.seeing import name_of
from samspel.forms.views import tables
from samspel.forms.views.finding import at_work, crumbs_to
from samspel.kernel.refusals import Refusal
from samspel.kernel.values.sorting import sort_key


@at_work
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every answer that she may know of: with how far each has come, or what is submitted alone."""
    at = timezone.now()
    permissions.require(lists_answers(request.user, at))
    sees_all = permissions.TABLE.allows(request.user, permissions.SEE, at)
    form = SearchForm(request.GET or None, forms_answered=_named(lists.forms_answered()), sees_all=sees_all)
    wanted = form.wanted() if form.is_bound else lists.Wanted()
    wanted = wanted if sees_all else replace(wanted, state=AnswerState.SUBMITTED)
    found = lists.handed_out(request.user, at, wanted)
    title = _("Handed out") if sees_all else _("Submitted forms")
    page = {
        "title": title,
        "sees_all": sees_all,
        "table": tables.of_handed_out(request, found, form, at)
        if sees_all
        else tables.of_submitted(request, found, form),
        "may_hand_out": permissions.TABLE.allows(request.user, permissions.HAND_OUT, at),
        "crumbs": crumbs_to(here=title),
    }
    return render(request, "forms/handed_out.html", page)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request: HttpRequest) -> HttpResponse:
    """Hand a form out to one or many."""
    permissions.TABLE.require(request.user, permissions.HAND_OUT, timezone.now())
    offered = {one.slug: one for one in lists.to_hand_out()}
    names = _named(offered.values())
    initial = {"form": request.GET.get("formular", ""), "to": request.GET.get("till", "")[:300]}
    form = HandOutForm(request.POST if request.method == "POST" else None, offered=names, initial=initial)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            _say(request, _hand_out(request, offered[form.cleaned_data["form"]], form.cleaned_data))
            return redirect("forms:handed_out")
        except Refusal as refusal:
            errors = [(refusal.sentence, "")]
    page = {"form": form, "errors": errors, "crumbs": crumbs_to(here=_("Hand out a form"))}
    return render(request, "forms/hand_out.html", page, status=422 if errors or form.errors else 200)


def lists_answers(person: Any, at: datetime) -> bool:
    """Whether there is a list for her: of every answer, or of what is submitted to the agency."""
    if permissions.TABLE.allows(person, permissions.SEE, at):
        return True
    return permissions.TABLE.allows(person, permissions.READ_SUBMITTED, at, state=AnswerState.SUBMITTED)


def _named(found: Iterable[Definition]) -> list[tuple[str, str]]:
    return sorted(((one.slug, name_of(one)) for one in found), key=lambda pair: sort_key(pair[1]))


def _hand_out(request: HttpRequest, definition: Definition, given: dict[str, Any]) -> operations.HandedOut:
    return operations.hand_out(
        definition=definition,
        to=given["to"],
        due_on=given["due_on"],
        about=given["about"],
        by=request.user,
        at=timezone.now(),
    )


def _say(request: HttpRequest, made: operations.HandedOut) -> None:
    number = len(made.answers)
    if number:
        said = ngettext(
            "The form is handed out, and those who are to write have been told.",
            "The form is handed out to %(number)s, and those who are to write have been told.",
            number,
        )
        messages.success(request, said % {"number": number})
    for subject in made.without_submitter:
        messages.warning(request, f"{subject.name}: {operations.NOBODY_SUBMITS}")
    for subject, why in made.left:
        messages.warning(request, f"{subject.name}: {operations.WHY[why]}")
