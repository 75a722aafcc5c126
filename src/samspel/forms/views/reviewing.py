"""An answer is gone through and submitted, opened again by a decision, and seen otherwise by somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspel.forms import permissions
from samspel.forms.forms.answers import DifferForm, ReopenForm
from samspel.forms.models import Answer, AnswerState
from samspel.forms.operations import differing, submitting
from samspel.forms.operations.submitting import NotReady
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.carrying import homeless
from samspel.forms.queries.overview import overview
from samspel.forms.queries.reviewing import Review, review
from samspel.forms.views.deeds import deed_page
from samspel.forms.views.finding import (
    address_of,
    answer_for,
    at_work,
    crumbs_to,
    language_of,
    may_now,
    require_now,
    title_of,
)
from samspel.kernel.refusals import Refusal


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """All that is written, to go through: what is missing, places to decide about, and the button to submit."""
    answer = answer_for(request, key)
    permissions.require(permissions.may_read(request.user, answer, timezone.now()))
    if request.method != "POST":
        return render(request, "forms/review.html", _page(request, answer))
    require_now(request, permissions.SUBMIT, answer)
    try:
        _submit(request, answer)
        messages.success(request, _("The form is submitted. A receipt has been sent to you by mail."))
        return redirect(address_of(answer))
    except Refusal as refusal:
        errors = [] if isinstance(refusal, NotReady) else [(refusal.sentence, "")]
        return render(request, "forms/review.html", _page(request, answer_for(request, key), errors), status=422)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Decide that a submitted answer is opened again."""
    answer = answer_for(request, key)
    require_now(request, permissions.REOPEN, answer)

    def deed(form: ReopenForm) -> None:
        reason = form.cleaned_data["reason"]
        submitting.reopen(answer=answer, reason=reason, due_on=form.due(), by=request.user, at=timezone.now())
        messages.success(request, _("The form is open again. Those who take part have been told."))

    page = {
        "title": _("Open again"),
        "lead": _("What was submitted is kept. Those who take part are told, with the reason."),
        "submit": _("Decide to open it again"),
    }
    form = ReopenForm(request.POST if request.method == "POST" else None)
    return deed_page(request, answer, form, deed, "ui/deed.html", page)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def differ(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down what one sees otherwise."""
    answer = answer_for(request, key)
    require_now(request, permissions.DIFFER, answer)

    def deed(form: DifferForm) -> None:
        differing.differ(answer=answer, words=form.cleaned_data["words"], by=request.user, at=timezone.now())
        messages.success(request, _("It stands on the form with your name."))

    page = {
        "title": _("I see it otherwise"),
        "lead": _("What you write stands on the form and in its document, with your name. It cannot be taken back."),
        "submit": _("Let it stand"),
    }
    form = DifferForm(request.POST if request.method == "POST" else None)
    return deed_page(request, answer, form, deed, "ui/deed.html", page)


def _submit(request: HttpRequest, answer: Answer) -> None:
    revision = request.POST.get("revision", "")
    submitting.submit(
        answer=answer,
        kept_findings=_kept(request),
        revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 18 else -1,
        by=request.user,
        at=timezone.now(),
    )


def _kept(request: HttpRequest) -> frozenset[str]:
    return frozenset(request.POST.getlist("keep"))


def _page(request: HttpRequest, answer: Answer, errors: list[tuple[Any, str]] | None = None) -> dict[str, Any]:
    fields, language = fields_of(answer), language_of()
    gone_through = review(answer, fields, language, kept=_kept(request))
    seen = overview(answer, language, seen_by=request.user)
    may_submit = may_now(request, permissions.SUBMIT, answer)
    return {
        "answer": answer,
        "title": title_of(answer),
        "crumbs": crumbs_to(answer, here=_("Go through")),
        "review": gone_through,
        "homeless": homeless(answer, fields),
        "seen": seen,
        "errors": errors or (_left(gone_through, request) if request.method == "POST" else []),
        "may_submit": may_submit,
        "may_write": may_now(request, permissions.WRITE, answer),
        "is_writing": answer.state == AnswerState.WRITING,
        "back": address_of(answer),
    }


def _left(gone_through: Review, request: HttpRequest) -> list[tuple[Any, str]]:
    """What kept it from being submitted, each leading to where it is told on the page."""
    left: list[tuple[Any, str]] = []
    if gone_through.faults:
        left.append((_("Something is missing. See below what, and go to it."), "missing"))
    undecided = [one for one in gone_through.found if not one.is_kept]
    if undecided:
        left.append((_("Decide about every place that looks like personal data."), f"keep-{undecided[0].place.key}"))
    return left or [(_("Decide about what was set aside before you submit."), "aside")]
