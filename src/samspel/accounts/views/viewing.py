"""Look at pages as another person sees them: choose whom and say why, and stop."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samspel.accounts import permissions
from samspel.accounts.forms.viewing import ChosenForm, LookForm, SoughtForm
from samspel.accounts.models import Person
from samspel.accounts.operations import viewing
from samspel.accounts.queries.viewing import people_found, person_looked_at
from samspel.accounts.rules.viewing import LASTS, LOOKING


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Find a person, say why, and begin."""
    permissions.TABLE.require(request.user, permissions.LOOK_AS, timezone.now())
    if request.method == "POST":
        return _begin(request)
    chosen = ChosenForm(request.GET)
    person = person_looked_at(chosen.cleaned_data["person"]) if chosen.is_valid() else None
    form = LookForm(initial={"person": person.key}) if person else None
    return _page(request, person, form)


@never_cache
@login_required
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Be oneself again. The look itself is taken off the record's books by the middleware, which knows who looked."""
    if request.session.pop(LOOKING, None) is not None:
        rotate_token(request)
    return redirect("accounts:viewing" if permissions.may_look(request.user, timezone.now()) else "accounts:work")


def _begin(request: HttpRequest) -> HttpResponse:
    form = LookForm(request.POST)
    key = form["person"].value() if form.is_valid() else None
    person = person_looked_at(form.cleaned_data["person"]) if key else _chosen(request)
    if person is None or not form.is_valid():
        return _page(request, person, form if person else None, is_gone=person is None)
    try:
        looking = viewing.start(person=person, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    except viewing.LookRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, person, form)
    request.session[LOOKING] = looking.as_kept()
    # Forms that stood open before belong to the administrator, and are not to be sent as anything else.
    rotate_token(request)
    return redirect("accounts:work")


def _chosen(request: HttpRequest) -> Person | None:
    chosen = ChosenForm(request.POST)
    return person_looked_at(chosen.cleaned_data["person"]) if chosen.is_valid() else None


def _page(request: HttpRequest, person: Person | None, form: Any, *, is_gone: bool = False) -> HttpResponse:
    sought = SoughtForm(request.GET)
    words = sought.cleaned_data["q"] if sought.is_valid() else ""
    page = {
        "sought": sought,
        "words": words,
        "found": people_found(words),
        "person": person,
        "form": form,
        "is_gone": is_gone,
        "minutes": int(LASTS.total_seconds() // 60),
    }
    return render(request, "accounts/viewing.html", page, status=422 if request.method == "POST" else 200)
