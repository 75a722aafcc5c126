"""A letter is shown for approval, and approved, sent back or taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspel.accounts.queries import names_of
from samspel.kernel.refusals import Refusal
from samspel.letters import permissions
from samspel.letters.forms.sending import ApproveForm, WordsBackForm
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations import approving
from samspel.letters.operations.sending.refusals import SENTENCES
from samspel.letters.queries import approvals
from samspel.letters.views import missing
from samspel.letters.views.as_sent import pages_of, whom_of
from samspel.letters.views.deeds import at_once, done_or_shown, reasons_of
from samspel.letters.views.found import address_of, crumbs_to, letter_for, staff_only


@staff_only
@require_POST
def ask(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a draft to those who approve."""
    letter = letter_for(request, key)
    return at_once(
        request,
        lambda: approving.ask(letter=letter, by=request.user, at=timezone.now()),
        done=_("The letter waits for approval. It is not changed while it does."),
        back=address_of(letter),
    )


@staff_only
@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write on it again."""
    letter = letter_for(request, key)
    return at_once(
        request,
        lambda: approving.take_back(letter=letter, by=request.user, at=timezone.now()),
        done=_("The letter is a draft again, and has to be approved anew."),
        back=address_of(letter),
    )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, key: UUID) -> HttpResponse:
    """All that a yes is to: the letter as it will be read, who gets it and as whom; and the yes itself."""
    letter, at = letter_for(request, key), timezone.now()
    permissions.TABLE.require_in_some_state(request.user, permissions.APPROVE, at)
    form = ApproveForm(request.POST if request.method == "POST" else None)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST":
        try:
            approving.approve(letter=letter, digest=request.POST.get("digest", "")[:64], by=request.user, at=at)
            messages.success(request, _("The letter is approved. It can be planned, or sent now."))
            return redirect(address_of(letter))
        except Refusal as refusal:
            errors = reasons_of(refusal)
            letter = letter_for(request, key)
    page = _approval(letter, request, at) | {"form": form, "errors": errors}
    return render(request, "letters/sending/approve.html", page, status=422 if errors else 200)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say what is to be changed before it can be approved."""
    letter = letter_for(request, key)
    permissions.TABLE.require_in_some_state(request.user, permissions.APPROVE, timezone.now())

    return done_or_shown(
        request,
        WordsBackForm(request.POST if request.method == "POST" else None),
        lambda given: approving.send_back(letter=letter, words=given["words"], by=request.user, at=timezone.now()),
        title=_("Send the letter back"),
        lead=_("It becomes a draft again, and who asked for the approval is told."),
        submit=_("Send it back"),
        back=address_of(letter),
        crumbs=crumbs_to(letter, here=_("Send the letter back")),
    )


def _approval(letter: Letter, request: HttpRequest, at: Any) -> dict[str, Any]:
    waits = letter.state == LetterState.FOR_APPROVAL
    obstacles = approvals.obstacles(letter, request.user, at) if waits else []
    return {
        "letter": letter,
        "title": _("Approve the letter"),
        "waits": waits,
        "digest": approvals.digest(letter),
        "obstacles": [SENTENCES[code] for code in obstacles],
        "wanting": [SENTENCES[code] for code in approvals.wanting(letter, at)] if waits else [],
        "warnings": [one.sentence for one in missing.of(letter, at) if not one.is_hindrance] if waits else [],
        "asked_by": names_of([letter.asked_by], seen_by=request.user).get(letter.asked_by, ""),
        "pages": pages_of(letter, at),
        "whom": whom_of(letter, at),
        "crumbs": crumbs_to(letter, here=_("Approve the letter")),
    }
