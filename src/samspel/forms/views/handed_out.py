"""What has been handed out is followed: all of it, one handing-out with how far it has come, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspel.forms import permissions
from samspel.forms.forms.answers import ReasonForm, SearchForm
from samspel.forms.models import Answer, AnswerState, HandOut, HandOutState
from samspel.forms.operations import handing_out as operations
from samspel.forms.queries import handing_out, lists
from samspel.forms.queries.people import names_in
from samspel.forms.queries.seeing import about_whom, form_name, name_of
from samspel.forms.views import tables
from samspel.forms.views.finding import at_work, crumbs_to
from samspel.forms.views.handing_out import named
from samspel.forms.views.road import Next, badge_of
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb, Download, Fact
from samspel.kernel.ui.dates import day_text, moment_text
from samspel.kernel.values.spreadsheets import harmless


@at_work
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every answer that she may know of: with how far each has come, or what is submitted alone."""
    at = timezone.now()
    sees_all, form, found = _found(request, at)
    title = _("Handed out") if sees_all else _("Submitted forms")
    table = tables.of_handed_out(request, found, form, at) if sees_all else tables.of_submitted(request, found, form)
    page = {
        "title": title,
        "sees_all": sees_all,
        "table": table,
        "may_hand_out": permissions.TABLE.allows(request.user, permissions.HAND_OUT, at),
        "downloads": [_download(dict(request.GET.items()))],
        "crumbs": crumbs_to(here=title),
    }
    return render(request, "forms/handed_out.html", page)


@at_work
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a table for a spreadsheet. No person is named in it."""
    at = timezone.now()
    _sees_all, _form, found = _found(request, at)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_head())
    writer.writerows([harmless(cell) for cell in _cells(one, at)] for one in found.order_by("pk").iterator(500))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="formular.csv"'
    return answer


@at_work
@require_safe
def hand_out_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """A handing-out: what is next, who writes and who has submitted, and who was left out."""
    at = timezone.now()
    permissions.TABLE.require(request.user, permissions.HAND_OUT, at)
    decided = _hand_out_of(key)
    seen = handing_out.how_far(decided)
    found = lists.handed_out(request.user, at, lists.Wanted(hand_out=str(decided.key)))
    page = {
        "hand_out": decided,
        "name": name_of(decided.version.definition),
        "badge": tables.hand_out_badge(decided),
        "next": _next(decided, seen),
        "seen": seen,
        "is_under_way": decided.state in (HandOutState.HANDING, HandOutState.WITHDRAWING),
        "facts": _facts(decided, seen, names_in([decided.decided_by, decided.withdrawn_by], seen_by=request.user)),
        "table": tables.of_handed_out(request, found, None, at),
        "left": [(name, operations.WHY[why]) for name, why in handing_out.left_out(decided)],
        "downloads": [_download({"utlamning": str(decided.key)})] if seen.answers else [],
        "may_withdraw": seen.writing and decided.state in (HandOutState.HANDING, HandOutState.DONE),
        "crumbs": _crumbs(decided),
    }
    return render(request, "forms/hand_out_page.html", page)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def hand_out_withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that what was handed out is no longer asked for of anybody."""
    at = timezone.now()
    permissions.TABLE.require(request.user, permissions.WITHDRAW, at, state=AnswerState.WRITING)
    decided = _hand_out_of(key)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw(hand_out=decided, reason=form.cleaned_data["reason"], by=request.user, at=at)
            messages.success(request, _("It is no longer asked for. Those who take part are told, with the reason."))
            return redirect("forms:hand_out_page", key)
        except Refusal as refusal:
            errors = [(refusal.sentence, "")]
    title = _("No longer asked for of anybody")
    page = {
        "form": form,
        "errors": errors,
        "title": title,
        "lead": _("All who have not submitted are told, with the reason. What was written stays to be read."),
        "submit": _("Say that it is no longer asked for"),
        "back": reverse("forms:hand_out_page", args=[key]),
        "crumbs": _crumbs(decided, title),
    }
    return render(request, "ui/deed.html", page, status=422 if errors or form.errors else 200)


def lists_answers(person: Any, at: datetime) -> bool:
    """Whether there is a list for her: of every answer, or of what is submitted to the agency."""
    if permissions.TABLE.allows(person, permissions.SEE, at):
        return True
    return permissions.TABLE.allows(person, permissions.READ_SUBMITTED, at, state=AnswerState.SUBMITTED)


def _found(request: HttpRequest, at: datetime) -> tuple[bool, SearchForm, Any]:
    """Whether she sees all of it, what she looks for, and what was found."""
    permissions.require(lists_answers(request.user, at))
    sees_all = permissions.TABLE.allows(request.user, permissions.SEE, at)
    form = SearchForm(request.GET or None, forms_answered=named(lists.forms_answered()), sees_all=sees_all)
    wanted = form.wanted() if form.is_bound else lists.Wanted()
    wanted = replace(wanted, hand_out=request.GET.get("utlamning", "")[:36])
    wanted = wanted if sees_all else replace(wanted, state=AnswerState.SUBMITTED)
    return sees_all, form, lists.handed_out(request.user, at, wanted)


def _hand_out_of(key: UUID) -> HandOut:
    return get_object_or_404(HandOut.objects.select_related("version__definition"), key=key)


def _crumbs(decided: HandOut, here: Any = "") -> list[Crumb]:
    name = name_of(decided.version.definition)
    own = Crumb(name, reverse("forms:hand_out_page", args=[decided.key])) if here else Crumb(name)
    above = [Crumb(_("Forms"), reverse("forms:mine")), Crumb(_("Handed out"), reverse("forms:handed_out"))]
    return [*above, own, *([Crumb(here)] if here else [])]


def _next(decided: HandOut, seen: handing_out.HowFar) -> Next:
    words = {"done": seen.done, "all": seen.receivers, "submitted": seen.submitted, "answers": seen.answers}
    if decided.state == HandOutState.HANDING:
        what = _("It is being handed out: %(done)s of %(all)s are done.") % words
        return Next(what, _("the system itself"), note=_("Load the page again to see how far it has come."))
    if decided.state == HandOutState.WITHDRAWING:
        return Next(_("It is being withdrawn."), _("the system itself"), note=decided.withdrawn_because)
    if decided.state == HandOutState.WITHDRAWN:
        return Next(_("Nothing: the form is no longer asked for."), note=decided.withdrawn_because)
    if not seen.answers:
        return Next(_("Nobody got it. See below what is wanting, and hand it out once more."))
    if not seen.writing:
        return Next(_("Nothing: nobody is writing it any more. %(submitted)s of %(answers)s are submitted.") % words)
    what = _("It is written and submitted: %(submitted)s of %(answers)s are in.") % words
    return Next(what, _("Those who got it"), decided.due_on)


def _facts(decided: HandOut, seen: handing_out.HowFar, names: dict[Any, str]) -> list[Fact]:
    by = names.get(decided.decided_by, "") if decided.decided_by else _("the system itself")
    facts = [
        Fact(_("Handed out"), moment_text(decided.decided_at), by),
        Fact(_("Version"), str(decided.version.number)),
        Fact(_("Ready by"), day_text(decided.due_on)),
        Fact(_("Organizers and universities"), str(seen.receivers)),
    ]
    if decided.about:
        facts.append(Fact(_("What tells it from others"), decided.about))
    if decided.withdrawn_at:
        by = names.get(decided.withdrawn_by, "") if decided.withdrawn_by else _("the system itself")
        facts.append(Fact(_("No longer asked for"), moment_text(decided.withdrawn_at), by))
    return facts


def _download(query: dict[str, str]) -> Download:
    kept = urlencode({name: value for name, value in query.items() if value})
    return Download(_("The list, for a spreadsheet"), f"{reverse('forms:handed_out_csv')}?{kept}", "CSV")


def _head() -> Iterable[str]:
    return [
        _("Form"), _("Version"), _("About"), _("Organization number"), _("School unit code"), _("State of the form"),
        _("Sections ready"), _("Sections"), _("Ready by"), _("Begun"), _("Submitted"), _("Address"),
    ]  # fmt: skip


def _cells(one: Answer, at: datetime) -> Iterator[str]:
    organizer = one.organizer or (one.school_unit.organizer if one.school_unit else None)
    yield form_name(one)
    yield str(one.version.number)
    yield about_whom(one)
    yield organizer.written_number if organizer else ""
    yield one.school_unit.code if one.school_unit else ""
    yield str(badge_of(one, at).label)
    yield str(getattr(one, "ready", ""))
    yield str(getattr(one, "sections", ""))
    yield one.due_on.isoformat() if one.due_on else ""
    yield timezone.localdate(one.begun_at).isoformat()
    yield timezone.localdate(one.submitted_at).isoformat() if one.submitted_at else ""
    yield reverse("forms:answer", args=[one.key])
