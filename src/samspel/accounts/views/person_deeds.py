"""What is done with a person's row: corrected, protected, closed, opened again, emptied. Each has a page of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samspel.accounts import permissions
from samspel.accounts.forms.people import CorrectAllForm, CorrectForm, ProtectForm, UnprotectForm
from samspel.accounts.models import Person
from samspel.accounts.operations import addresses, anonymizing, closing, correcting, protecting
from samspel.accounts.views.people import crumbs, page_of, seen
from samspel.kernel.permissions import private_zone
from samspel.kernel.refusals import Refusal


@never_cache
@login_required
@private_zone
def correct(request: HttpRequest, person_key: UUID) -> HttpResponse:
    """Name and telephone, by her organization's administrator or the agency's; the address by the agency's alone."""
    now = timezone.now()
    person = get_object_or_404(Person, key=person_key, merged_into__isnull=True, anonymized_at__isnull=True)
    permissions.require(permissions.may_correct(request.user, person, now))
    is_all = permissions.TABLE.allows(request.user, permissions.CORRECT, now)
    if is_all:
        protecting.see_name(person=person, by=request.user, at=now)
    form_class = CorrectAllForm if is_all else CorrectForm
    form = form_class(request.POST or None, initial={name: getattr(person, name) for name in form_class.base_fields})
    if request.method == "POST" and form.is_valid() and _corrected(request, person, form):
        messages.success(request, _("The details are saved."))
        return redirect(page_of(person) if permissions.may_see_people(request.user, now) else request.path)
    page = {"form": form, "person": person, "is_all": is_all, **_way(request, person, _("Correct"))}
    return render(request, "accounts/person_correct.html", page)


@never_cache
@login_required
def protect(request: HttpRequest, person_key: UUID) -> HttpResponse:
    """Protect somebody's identity, or lift the protection; with a reason."""
    person = seen(request, person_key)
    permissions.require_role(request.user, permissions.PROTECT, timezone.now())
    form = (UnprotectForm if person.is_protected else ProtectForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change = protecting.unprotect if person.is_protected else protecting.protect
        return _done(request, person, lambda at: change(
            person=person, reason=form.cleaned_data["reason"], by=request.user, at=at))  # fmt: skip
    page = {"form": form, "person": person, **_way(request, person, _("Protected identity"))}
    return render(request, "accounts/person_protect.html", page)


@never_cache
@login_required
def close(request: HttpRequest, person_key: UUID) -> HttpResponse:
    """Close the account or open it again: a page that says what follows, with one button."""
    person = seen(request, person_key)
    permissions.require_role(request.user, permissions.CLOSE, timezone.now())
    if request.method == "POST":
        change = closing.close if person.is_active else closing.reopen
        return _done(request, person, lambda at: change(person=person, by=request.user, at=at))
    heading = _("Close the account") if person.is_active else _("Open the account again")
    return render(request, "accounts/person_close.html", {"person": person, **_way(request, person, heading)})


@never_cache
@login_required
def empty(request: HttpRequest, person_key: UUID) -> HttpResponse:
    """Remove her data now, if nothing holds them; else what does."""
    person, now = seen(request, person_key), timezone.now()
    permissions.require_role(request.user, permissions.EMPTY, now)
    if request.method == "POST":
        return _done(request, person, lambda at: anonymizing.empty(person=person, by=request.user, at=at))
    page = {"person": person, "obstacles": anonymizing.obstacles(person, now)}
    return render(request, "accounts/person_empty.html", {**page, **_way(request, person, _("Remove the data"))})


def _corrected(request: HttpRequest, person: Person, form: Any) -> bool:
    """Whether all of it was taken; what was refused stands at its field, and then nothing was."""
    given, now = form.cleaned_data, timezone.now()
    try:
        with transaction.atomic():
            correcting.correct(person=person, name=given["name"], phone=given["phone"], by=request.user, at=now)
            if "email" in given and given["email"].strip().lower() != person.email:
                addresses.correct(person=person, new_email=given["email"], by=request.user, at=now)
    except correcting.NotCorrected as refusal:
        form.add_error(refusal.field, str(refusal))
    except addresses.AddressRefused as refusal:
        form.add_error("email", str(refusal))
    return not form.errors


def _done(request: HttpRequest, person: Person, deed: Any) -> HttpResponse:
    """Do it and go to her page; a refusal is told there."""
    try:
        deed(timezone.now())
        messages.success(request, _("It is done."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(page_of(person))


def _way(request: HttpRequest, person: Person, here: str) -> dict[str, Any]:
    is_inside = permissions.may_see_people(request.user, timezone.now())
    return {"crumbs": crumbs((person.shown_name, page_of(person)), (here, "")) if is_inside else [], "title": here}
