"""Imports: hand in files, see what they would change, decide, and take back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspel.kernel.files.uploads import upload_refused
from samspel.kernel.refusals import Refusal
from samspel.registry import permissions
from samspel.registry.forms.imports import AsOfForm, ImportForm
from samspel.registry.models import BatchState, ImportBatch
from samspel.registry.operations import imports as operations
from samspel.registry.queries import imports as queries
from samspel.registry.views import import_pages

View = Callable[..., HttpResponse]
_DAY = re.compile(r"(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)")


def importers_only(view: View) -> View:
    """Logged in, and an officer or administrator."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.may_import(request.user, timezone.now()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """All imports, and the form that takes files in."""
    if request.method != "POST":
        return _listing(request, ImportForm())
    if too_large := upload_refused(request):
        return _listing(request, ImportForm(), status=413, errors=[import_pages.too_large(too_large)])
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _listing(request, form, status=422)
    try:
        batch = operations.propose(files=_named(form), by=request.user, at=timezone.now())
    except operations.ImportRefused as refusal:
        return _listing(request, ImportForm(), status=422, refusal=refusal)
    except Refusal as refusal:
        return _listing(request, ImportForm(), status=422, errors=[(str(refusal), "")])
    return redirect("registry:import", key=batch.key)


def _named(form: ImportForm) -> list[tuple[str, bytes]]:
    return [(file.name, file.read()) for file in form.cleaned_data["files"]]


def _listing(request: HttpRequest, form: ImportForm, *, status: int = 200, **found: Any) -> HttpResponse:
    batches = queries.with_counts(queries.visible_to(request.user, timezone.now()))
    page = import_pages.listing(batches, request.GET) | {"form": form} | import_pages.refused(**found)
    return render(request, "registry/imports.html", page, status=status)


@importers_only
@require_safe
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One import: what it would change or changed, what happens next, and its history."""
    return _detail(request, _batch(request, key))


def _batch(request: HttpRequest, key: UUID) -> ImportBatch:
    return get_object_or_404(queries.visible_to(request.user, timezone.now()), key=key)


def _detail(
    request: HttpRequest, batch: ImportBatch, *, status: int = 200, form: AsOfForm | None = None, **found: Any
) -> HttpResponse:
    page = import_pages.detail(batch) | import_pages.refused(**found) | {"as_of_form": None}
    if batch.register_as_of and batch.state == BatchState.PROPOSED:
        told = day_in_name(page["files"])
        page["as_of_form"] = form or AsOfForm(initial={"as_of": told or batch.register_as_of})
        page["told_day"] = told
    return render(request, "registry/import.html", page, status=status)


def day_in_name(files: list[Any]) -> date | None:
    """The day that a register file's name carries, offered to a person and never taken by itself."""
    for file in files:
        if file.kind == "school_unit_register" and (found := _DAY.search(file.name)):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                continue
    return None


@importers_only
@require_POST
def apply(request: HttpRequest, key: UUID) -> HttpResponse:
    """Carry a dry run in."""
    return _decide(request, key, operations.apply, _("The import is done."))


@importers_only
@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw a dry run away."""
    return _decide(request, key, operations.discard, _("The dry run is thrown away. Nothing was imported."))


@importers_only
@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an import back."""
    done = _("The import is withdrawn, and what it replaced counts again.")
    return _decide(request, key, operations.withdraw, done)


@importers_only
@require_POST
def look_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Compare anew, as of another day if one is given."""
    form = AsOfForm(request.POST) if "as_of" in request.POST else None
    if form and not form.is_valid():
        return _detail(request, _batch(request, key), status=422, form=form)
    as_of = form.cleaned_data["as_of"] if form else None
    return _decide(request, key, operations.look_again, _("The dry run is made anew."), as_of=as_of)


def _decide(request: HttpRequest, key: UUID, deed: Callable[..., Any], done: str, **more: Any) -> HttpResponse:
    batch = _batch(request, key)
    try:
        deed(batch=batch, by=request.user, at=timezone.now(), **more)
    except operations.ImportRefused as refusal:
        return _detail(request, _batch(request, key), status=409, refusal=refusal)
    except Refusal as refusal:
        return _detail(request, _batch(request, key), status=409, errors=[(str(refusal), "")])
    messages.success(request, done)
    return redirect(reverse("registry:import", args=[key]))
