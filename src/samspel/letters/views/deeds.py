"""Deeds that are one short form on a page of their own: carried out, or shown with what keeps them from being done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb
from samspel.letters import permissions
from samspel.letters.operations.sending.refusals import LetterRefused

View = Callable[..., HttpResponse]


def at_work(view: View) -> View:
    """Logged in; nothing of it is laid by."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return guarded


def require_now(request: HttpRequest, deed: str, *, state: str = "", whose: Any = None) -> None:
    """Before a form is shown as well as when it is sent. Raises PermissionDenied, LevelTooLow."""
    permissions.TABLE.require(request.user, deed, timezone.now(), state=state, whose=whose)


def may_now(request: HttpRequest, deed: str, *, state: str = "", whose: Any = None) -> bool:
    """Whether she may do this, in the state the thing is in."""
    return permissions.TABLE.allows(request.user, deed, timezone.now(), state=state, whose=whose)


def done_or_shown(
    request: HttpRequest,
    form: forms.Form,
    deed: Callable[[dict[str, Any]], Any],
    *,
    title: Any,
    submit: Any,
    back: str,
    crumbs: Sequence[Crumb],
    lead: Any = "",
    done: Any = "",
    to: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Carry a deed out and go back, or show its form; what keeps it from being done stands above the form."""
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = deed(form.cleaned_data)
        except Refusal as refusal:
            errors = reasons_of(refusal)
        else:
            if done:
                messages.success(request, done)
            return redirect(to(made) if to else back)
    page = {"title": title, "lead": lead, "submit": submit, "back": back, "crumbs": crumbs}
    page |= {"form": form, "errors": errors}
    return render(request, "ui/deed.html", page, status=422 if request.method == "POST" else 200)


def at_once(request: HttpRequest, deed: Callable[[], Any], *, done: Any, back: str) -> HttpResponse:
    """Carry out what one button says, tell that it is done or why not, and go back."""
    try:
        deed()
        messages.success(request, done)
    except Refusal as refusal:
        for sentence, _place in reasons_of(refusal):
            messages.error(request, str(sentence))
    return redirect(back)


def reasons_of(refusal: Refusal) -> list[tuple[Any, str]]:
    """All that stands in the way, for the summary of errors."""
    reasons = refusal.reasons if isinstance(refusal, LetterRefused) else (str(refusal),)
    return [(reason, "") for reason in reasons]
