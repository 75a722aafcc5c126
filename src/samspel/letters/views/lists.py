"""Named lists: all of them, one, and what is done with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspel.accounts.queries import names_of
from samspel.kernel.audit import history_of
from samspel.kernel.ui.components import Crumb, Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.tables import Column, Table, pager_of
from samspel.letters import permissions
from samspel.letters.forms.lists import AddForm, ListForm, RemoveForm
from samspel.letters.models import NamedList
from samspel.letters.operations import lists as operations
from samspel.letters.operations.lists import ListRefused
from samspel.letters.queries import letters, lists
from samspel.letters.views.deeds import at_work, done_or_shown, may_now, require_now
from samspel.letters.views.found import address_of

AT_A_TIME = 100


@at_work
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every list in use."""
    require_now(request, permissions.SEE)
    table = Table(
        caption=_("Named lists"),
        columns=[
            Column(
                "name",
                _("Name"),
                is_row_header=True,
                order_by=("name",),
                url=lambda one: reverse("letters:list", args=[one.key]),
            ),
            Column("number", _("How many"), kind="number", order_by=("number",)),
            Column("review_on", _("Looked through by"), kind="date", order_by=("review_on",)),
        ],
        rows=lists.in_use(),
        params=request.GET,
        sort="name",
        empty=_("There are no named lists. Make one for those who are not found by task or place."),
    )
    page = {"table": table, "may_make": may_now(request, permissions.KEEP_LISTS), "crumbs": _crumbs()}
    return render(request, "letters/lists/list.html", page)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make a list."""
    require_now(request, permissions.KEEP_LISTS)
    first = {"review_on": timezone.localdate() + timedelta(days=180)}
    return done_or_shown(
        request,
        ListForm(request.POST if request.method == "POST" else None, initial=first),
        lambda given: operations.make(**given, by=request.user, at=timezone.now()),
        title=_("Make a list"),
        submit=_("Make the list"),
        back=reverse("letters:lists"),
        crumbs=[*_crumbs(here=False), Crumb(_("Make a list"))],
        done=_("The list is made. Put those on it who are to be there."),
        to=lambda made: reverse("letters:list", args=[made.key]),
    )


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who is on a list: put on it, and taken off."""
    require_now(request, permissions.SEE)
    named = _found(key)
    add, told = AddForm(), list[str]()
    if request.method == "POST":
        require_now(request, permissions.KEEP_LISTS)
        if request.POST.get("deed") == "remove":
            return _remove(request, named)
        add = AddForm(request.POST)
        if add.is_valid():
            try:
                return _added(request, named, add.cleaned_data["pasted"])
            except ListRefused as refusal:
                told = [str(refusal), *refusal.told]
                add.add_error("pasted", [forms.ValidationError(sentence) for sentence in told])
    return render(request, "letters/lists/one.html", _page(request, named, add), status=422 if add.errors else 200)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another name or purpose; and say that it is still needed, by a new day."""
    require_now(request, permissions.KEEP_LISTS)
    named = _found(key)
    initial = {"name": named.name, "purpose": named.purpose, "review_on": named.review_on}
    return done_or_shown(
        request,
        ListForm(request.POST if request.method == "POST" else None, initial=initial),
        lambda given: operations.change(named=named, **given, by=request.user, at=timezone.now()),
        title=_("Name, purpose and day"),
        lead=_("A new day says that the list has been looked through, and is still needed."),
        submit=_("Save"),
        back=_address(named),
        crumbs=_crumbs(named, here=_("Name, purpose and day")),
        done=_("Saved."),
    )


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """End a list."""
    require_now(request, permissions.KEEP_LISTS)
    named = _found(key)
    return done_or_shown(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda given: operations.end(named=named, by=request.user, at=timezone.now()),
        title=_("End the list"),
        lead=_("Everybody on it is deleted from it. That cannot be undone."),
        submit=_("End the list, and empty it"),
        back=_address(named),
        crumbs=_crumbs(named, here=_("End the list")),
        done=_("The list is ended, and nobody is on it any more."),
        to=lambda _ended: reverse("letters:lists"),
    )


def _found(key: UUID) -> NamedList:
    return get_object_or_404(NamedList, key=key, ended_at=None)


def _page(request: HttpRequest, named: NamedList, add: AddForm) -> dict[str, Any]:
    rows = lists.rows_of(named, timezone.now())
    page = Paginator(rows, AT_A_TIME).get_page(request.GET.get("page"))
    history = history_of(named)
    return {
        "named": named,
        "rows": page.object_list,
        "number": len(rows),
        "pager": pager_of(page, request.GET),
        "add": add,
        "facts": _facts(named, len(rows)),
        "letters": [(letters.title_of(one, get_language() or "sv"), address_of(one)) for one in lists.used_by(named)],
        "may_keep": may_now(request, permissions.KEEP_LISTS),
        "is_soon": named.review_on <= timezone.localdate() + lists.BEFORE,
        "history": history,
        "people": names_of((row.by_key for row in history), seen_by=request.user),
        "crumbs": _crumbs(named),
    }


def _facts(named: NamedList, number: int) -> list[Fact]:
    return [
        Fact(_("What it is for"), named.purpose),
        Fact(_("How many"), str(number)),
        Fact(_("Looked through by"), day_text(named.review_on)),
    ]


def _added(request: HttpRequest, named: NamedList, pasted: str) -> HttpResponse:
    number = operations.add(named=named, pasted=pasted, by=request.user, at=timezone.now())
    said = ngettext("%(number)d was added.", "%(number)d were added.", number) % {"number": number}
    messages.success(request, said if number else _("They were all on the list already."))
    return redirect(_address(named))


def _remove(request: HttpRequest, named: NamedList) -> HttpResponse:
    form = RemoveForm(request.POST, rows=list(named.rows.values_list("pk", flat=True)))
    if form.is_valid():
        number = operations.remove(named=named, rows=form.cleaned_data["rows"], by=request.user, at=timezone.now())
        said = ngettext("%(number)d was taken off.", "%(number)d were taken off.", number) % {"number": number}
        messages.success(request, said)
    else:
        messages.error(request, " ".join(form.errors["rows"]))
    return redirect(_address(named))


def _address(named: NamedList) -> str:
    return reverse("letters:list", args=[named.key])


def _crumbs(named: NamedList | None = None, *, here: Any = True) -> list[Crumb]:
    crumbs = [Crumb(_("Letters"), reverse("letters:letters")), Crumb(_("Named lists"), reverse("letters:lists"))]
    if named is not None:
        crumbs.append(Crumb(named.name, _address(named)))
    if here is True:
        crumbs[-1] = Crumb(crumbs[-1].label)
    elif here:
        crumbs.append(Crumb(here))
    return crumbs
