"""A letter is tried, planned, sent and corrected."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.dates import moment_text
from samspel.letters import permissions
from samspel.letters.forms.sending import PlanForm, TestForm
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations import correcting, sending
from samspel.letters.queries import differences, staff
from samspel.letters.rules import moments
from samspel.letters.views.as_sent import whom_of
from samspel.letters.views.deeds import at_once, done_or_shown, reasons_of
from samspel.letters.views.found import address_of, crumbs_to, letter_for, staff_only

GET_AND_POST = ["GET", "HEAD", "POST"]


@staff_only
@require_http_methods(GET_AND_POST)
def test_send(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mail it as it now stands to oneself or to a colleague."""
    letter, at = letter_for(request, key), timezone.now()
    permissions.TABLE.require(request.user, permissions.WRITE, at, state=LetterState.DRAFT)
    form = TestForm(
        request.POST if request.method == "POST" else None,
        people=staff.at_agency(request.user, at),
        initial={"to": request.user.key},
    )

    return done_or_shown(
        request,
        form,
        lambda given: sending.test_send(letter=letter, to=given["to"], by=request.user, at=at),
        title=_("Send a test"),
        lead=_("The letter as it now stands, in each of its languages, marked as a test. No recipient gets it."),
        submit=_("Send the test"),
        back=address_of(letter),
        crumbs=crumbs_to(letter, here=_("Send a test")),
        done=_("The test is on its way."),
    )


test_send.__test__ = False  # type: ignore[attr-defined]  # a page, not a test of ours


@staff_only
@require_http_methods(GET_AND_POST)
def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say when it is sent; who gets it is found then, and the difference since now is told."""
    letter, at = _to_send(request, key), timezone.now()
    form = PlanForm(request.POST if request.method == "POST" else None, at=at, initial=_offered(letter, at))
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            planned = sending.plan(letter=letter, moment=form.cleaned_data["moment"], by=request.user, at=at)
            messages.success(request, _planned_in_words(planned))
            return redirect(address_of(letter))
        except Refusal as refusal:
            errors = reasons_of(refusal)
    page = {
        "letter": letter,
        "title": _("Plan the sending"),
        "form": form,
        "errors": errors,
        "whom": whom_of(letter, at),
        "back": address_of(letter),
        "crumbs": crumbs_to(letter, here=_("Plan the sending")),
    }
    return render(request, "letters/sending/plan.html", page, status=422 if errors or form.errors else 200)


@staff_only
@require_POST
def unplan(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take it out of the plan."""
    letter = letter_for(request, key)
    return at_once(
        request,
        lambda: sending.unplan(letter=letter, by=request.user, at=timezone.now()),
        done=_("The letter is not planned any more. It is still approved."),
        back=address_of(letter),
    )


@staff_only
@require_http_methods(GET_AND_POST)
def send(request: HttpRequest, key: UUID) -> HttpResponse:
    """How many get it, what differs since it was planned; and send it."""
    letter, at = _to_send(request, key), timezone.now()
    errors: list[tuple[Any, str]] = []
    if request.method == "POST":
        try:
            sent = sending.start(letter=letter, by=request.user, at=at)
            messages.success(request, _sent_in_words(sent))
            return redirect("letters:delivery", letter.key)
        except Refusal as refusal:
            errors = reasons_of(refusal)
            letter = letter_for(request, key)
    page = {
        "letter": letter,
        "title": _("Send the letter"),
        "errors": errors,
        "whom": whom_of(letter, at),
        "difference": differences.since_planned(letter, at),
        "may_now": letter.state in (LetterState.APPROVED, LetterState.PLANNED),
        "back": address_of(letter),
        "crumbs": crumbs_to(letter, here=_("Send the letter")),
    }
    return render(request, "letters/sending/send.html", page, status=422 if errors else 200)


@staff_only
@require_http_methods(GET_AND_POST)
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin a correction, to exactly those who got the first."""
    letter, at = letter_for(request, key), timezone.now()
    permissions.TABLE.require_in_some_state(request.user, permissions.CORRECT, at)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST":
        try:
            return redirect(address_of(correcting.correct(letter=letter, by=request.user, at=at)))
        except Refusal as refusal:
            errors = reasons_of(refusal)
    page = {
        "letter": letter,
        "title": _("Correct the letter"),
        "errors": errors,
        "number": letter.recipients.count(),
        "back": address_of(letter),
        "crumbs": crumbs_to(letter, here=_("Correct the letter")),
    }
    return render(request, "letters/sending/correct.html", page, status=422 if errors else 200)


def _to_send(request: HttpRequest, key: UUID) -> Letter:
    permissions.TABLE.require_in_some_state(request.user, permissions.SEND, timezone.now())
    return letter_for(request, key)


def _offered(letter: Letter, at: Any) -> dict[str, Any]:
    if letter.planned_for is None:
        return PlanForm.first_offer(at)
    planned = timezone.localtime(letter.planned_for)
    return {"on": planned.date(), "clock": planned.time()}


def _planned_in_words(letter: Letter) -> str:
    told = _("The letter is sent %(moment)s.") % {"moment": moment_text(letter.planned_for)}
    if moments.is_in_doubled_hour(letter.planned_for):
        which = timezone.localtime(letter.planned_for).fold
        told += " " + (
            _("That is after the clock has gone back.") if which else _("That is before the clock goes back.")
        )
    return told


def _sent_in_words(letter: Letter) -> str:
    number = letter.expected or 0
    told = ngettext(
        "The letter is on its way to %(number)s recipient.",
        "The letter is on its way to %(number)s recipients.",
        number,
    )
    return told % {"number": number}
