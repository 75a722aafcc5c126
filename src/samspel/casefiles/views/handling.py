"""What is done with a case file or a document: one short form each, on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspel.casefiles import permissions
from samspel.casefiles.forms.casefiles import HandlerForm, PartyForm, ReasonForm
from samspel.casefiles.forms.documents import RetitleForm, SecrecyForm
from samspel.casefiles.operations import casefiles, corrections
from samspel.casefiles.queries import people
from samspel.casefiles.views.casefiles import page_of
from samspel.casefiles.views.found import (
    address_of,
    case_file_for,
    crumbs_to,
    document_address,
    document_for,
    require_now,
    staff_only,
)
from samspel.kernel.refusals import Refusal

Deed = Callable[[dict[str, Any]], Any]


@staff_only
@require_POST
def hand_over(request: HttpRequest, address: str) -> HttpResponse:
    """Who handles a case file."""
    case_file, at = case_file_for(request, address), timezone.now()
    require_now(request, permissions.HANDLE, case_file)
    staff = list(people.handlers(at))
    form = HandlerForm(request.POST, handlers=staff, names=people.names_in(one.key for one in staff))
    if not form.is_valid():
        return render(request, "casefiles/detail.html", page_of(request, case_file, handler_form=form), status=422)
    try:
        casefiles.hand_over(case_file=case_file, handler=form.cleaned_data["handler"], by=request.user, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(address_of(case_file))


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_party(request: HttpRequest, address: str) -> HttpResponse:
    """One more whom it concerns."""
    case_file = case_file_for(request, address)
    require_now(request, permissions.HANDLE, case_file)
    form = PartyForm(request.POST if request.method == "POST" else None)

    def deed(given: dict[str, Any]) -> Any:
        return casefiles.add_party(case_file=case_file, party=form.party(), by=request.user, at=timezone.now())

    page = {"title": _("Add a party"), "submit": _("Add"), "crumbs": crumbs_to(case_file, here=_("Add a party"))}
    return _answer(request, form, deed, address_of(case_file), page)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, address: str) -> HttpResponse:
    """Close a case file."""
    case_file = case_file_for(request, address)
    require_now(request, permissions.CLOSE, case_file)

    def deed(given: dict[str, Any]) -> Any:
        return casefiles.close(case_file=case_file, reason=given["because"], by=request.user, at=timezone.now())

    page = {
        "title": _("Close the case file"),
        "lead": _("Nothing more is registered in it until it is opened again."),
        "submit": _("Close"),
        "crumbs": crumbs_to(case_file, here=_("Close the case file")),
    }
    return _answer(
        request, ReasonForm(request.POST if request.method == "POST" else None), deed, address_of(case_file), page
    )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, address: str) -> HttpResponse:
    """Open a closed case file again."""
    case_file = case_file_for(request, address)
    require_now(request, permissions.REOPEN, case_file)

    def deed(given: dict[str, Any]) -> Any:
        return casefiles.reopen(case_file=case_file, reason=given["because"], by=request.user, at=timezone.now())

    page = {
        "title": _("Open the case file again"),
        "submit": _("Open again"),
        "crumbs": crumbs_to(case_file, here=_("Open the case file again")),
    }
    return _answer(
        request, ReasonForm(request.POST if request.method == "POST" else None), deed, address_of(case_file), page
    )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def mark_secret(request: HttpRequest, address: str, number: int) -> HttpResponse:
    """Put a secrecy mark on a document, or another ground."""
    document = document_for(request, address, number)
    require_now(request, permissions.MARK_SECRECY)

    def deed(given: dict[str, Any]) -> Any:
        return corrections.mark_secret(
            document=document, ground=given["ground"], because=given["because"], by=request.user, at=timezone.now()
        )

    page = {
        "title": _("Secrecy mark"),
        "lead": _("A warning to those who handle it. Whether it is secret is decided when somebody asks for it."),
        "submit": _("Mark as secret"),
        "crumbs": crumbs_to(document.case_file, document, here=_("Secrecy mark")),
    }
    form = SecrecyForm(request.POST if request.method == "POST" else None, initial={"ground": document.secrecy_ground})
    return _answer(request, form, deed, document_address(document), page)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def lift_secrecy(request: HttpRequest, address: str, number: int) -> HttpResponse:
    """Take the secrecy mark of a document away."""
    document = document_for(request, address, number)
    require_now(request, permissions.MARK_SECRECY)

    def deed(given: dict[str, Any]) -> Any:
        return corrections.lift_secrecy(document=document, because=given["because"], by=request.user, at=timezone.now())

    page = {
        "title": _("Take the secrecy mark away"),
        "submit": _("Take away"),
        "crumbs": crumbs_to(document.case_file, document, here=_("Take the secrecy mark away")),
    }
    return _answer(
        request, ReasonForm(request.POST if request.method == "POST" else None), deed, document_address(document), page
    )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def retitle(request: HttpRequest, address: str, number: int) -> HttpResponse:
    """Put the title of a document right."""
    document = document_for(request, address, number)
    require_now(request, permissions.CORRECT)

    def deed(given: dict[str, Any]) -> Any:
        return corrections.retitle(
            document=document, title=given["title"], because=given["because"], by=request.user, at=timezone.now()
        )

    page = {
        "title": _("Put the title right"),
        "lead": _("The title it had stays in the history."),
        "submit": _("Save"),
        "crumbs": crumbs_to(document.case_file, document, here=_("Put the title right")),
    }
    form = RetitleForm(request.POST if request.method == "POST" else None, initial={"title": document.title})
    return _answer(request, form, deed, document_address(document), page)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def misregister(request: HttpRequest, address: str, number: int) -> HttpResponse:
    """Mark a document as registered by mistake."""
    document = document_for(request, address, number)
    require_now(request, permissions.CORRECT)

    def deed(given: dict[str, Any]) -> Any:
        return corrections.misregister(document=document, because=given["because"], by=request.user, at=timezone.now())

    page = {
        "title": _("Wrongly registered"),
        "lead": _("The document and its number stay, marked as wrongly registered. Register it anew where it belongs."),
        "submit": _("Mark as wrongly registered"),
        "crumbs": crumbs_to(document.case_file, document, here=_("Wrongly registered")),
    }
    return _answer(
        request, ReasonForm(request.POST if request.method == "POST" else None), deed, document_address(document), page
    )


def _answer(request: HttpRequest, form: forms.Form, deed: Deed, back: str, page: dict[str, Any]) -> HttpResponse:
    """Do it and go back, or show the form with what stands in the way."""
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            deed(form.cleaned_data)
            return redirect(back)
        except Refusal as refusal:
            errors = [(refusal.sentence, "")]
    status = 422 if errors or form.errors else 200
    return render(request, "ui/deed.html", page | {"form": form, "errors": errors, "back": back}, status=status)
