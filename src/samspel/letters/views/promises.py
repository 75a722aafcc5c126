"""Promises: what is owed, one of them, and what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspel.accounts.queries import names_of
from samspel.kernel.audit import history_of
from samspel.kernel.ui.components import Badge, Crumb, Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.tables import Column, Table
from samspel.letters import permissions
from samspel.letters.forms.promises import DropForm, FillForm, MoveForm, OwnerForm, PromiseForm
from samspel.letters.models import Promise, PromiseState
from samspel.letters.operations import promises as operations
from samspel.letters.queries import concerned, promises
from samspel.letters.queries.owners import owners
from samspel.letters.views.deeds import at_work, done_or_shown, may_now, require_now

_KINDS = {PromiseState.OPEN: "info", PromiseState.FILLED: "success", PromiseState.DROPPED: "neutral"}


@at_work
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is still to come, what is late, and what has come."""
    at = timezone.now()
    seen = promises.seen_by(request.user, at)
    which = request.GET.get("visa", "")
    rows = {"sena": promises.overdue(seen, timezone.localdate(at)), "klara": promises.ended(seen)}.get(
        which, promises.open_ones(seen)
    )
    page = {
        "title": _("Promised"),
        "crumbs": [Crumb(_("Promised"))],
        "which": which,
        "late": promises.overdue(seen, timezone.localdate(at)).count(),
        "table": _table(rows, request),
    }
    return render(request, "letters/promises/list.html", page)


@at_work
@require_safe
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One promise: what happens next, and what has happened."""
    promise = _found(request, key)
    may_fill = may_now(request, permissions.FILL, whose=promise.owner)
    rows = history_of(promise)
    page = {
        "title": _said(promise),
        "promise": promise,
        "is_open": promise.state == PromiseState.OPEN,
        "is_late": promise.state == PromiseState.OPEN and promise.due_on < timezone.localdate(),
        "badge": Badge(promise.get_state_display(), _KINDS[PromiseState(promise.state)]),
        "facts": _facts(promise),
        "may_fill": may_fill,
        "history": rows,
        "people": names_of(row.by_key for row in rows),
        "crumbs": _crumbs(promise),
    }
    return render(request, "letters/promises/one.html", page)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Say that something comes later; `om` says what it is about."""
    require_now(request, permissions.PROMISE)
    about = request.GET.get("om", "")[:200]
    subject = concerned.subjects([about]).get(about)
    if subject is None:
        return render(
            request, "letters/promises/about_what.html", {"crumbs": _crumbs(here=_("Promise something"))}, status=404
        )
    at = timezone.now()
    form = PromiseForm(
        request.POST if request.method == "POST" else None, owners=owners(at), initial={"owner": request.user.pk}
    )

    def deed(given: dict[str, Any]) -> Any:
        return operations.make(about=about, **given, by=request.user, at=at)

    return done_or_shown(
        request,
        form,
        deed,
        title=_("Promise something for later"),
        lead=subject.label,
        submit=_("Promise it"),
        back=subject.address or reverse("letters:promises"),
        crumbs=_crumbs(here=_("Promise something")),
        done=_("It stands as promised. You are reminded before the day."),
        to=lambda made: reverse("letters:promise", args=[made.key]),
    )


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put in what was promised."""
    promise = _found(request, key)
    return _deed(
        request,
        promise,
        FillForm(request.POST if request.method == "POST" else None),
        lambda given: operations.fill(promise=promise, **given, by=request.user, at=timezone.now()),
        title=_("Fill in what has come"),
        lead=_said(promise),
        submit=_("Fill in and tell"),
        done=_("It is filled in. Everyone it concerns is told by mail."),
    )


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another last day."""
    promise = _found(request, key)
    return _deed(
        request,
        promise,
        MoveForm(request.POST if request.method == "POST" else None, initial={"due_on": promise.due_on}),
        lambda given: operations.move(promise=promise, **given, by=request.user, at=timezone.now()),
        title=_("Move the last day"),
        lead=_said(promise),
        submit=pgettext("a date", "Move"),
    )


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody else sees to it."""
    promise = _found(request, key)
    form = OwnerForm(request.POST if request.method == "POST" else None, owners=owners(timezone.now()))
    return _deed(
        request,
        promise,
        form,
        lambda given: operations.hand_over(promise=promise, **given, by=request.user, at=timezone.now()),
        title=_("Hand it over"),
        lead=_said(promise),
        submit=_("Hand over"),
    )


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, key: UUID) -> HttpResponse:
    """It will not come."""
    promise = _found(request, key)
    return _deed(
        request,
        promise,
        DropForm(request.POST if request.method == "POST" else None),
        lambda given: operations.drop(promise=promise, **given, by=request.user, at=timezone.now()),
        title=_("It will not come"),
        lead=_said(promise),
        submit=_("Say that it will not come"),
    )


def _deed(request: HttpRequest, promise: Promise, form: Any, deed: Any, **page: Any) -> HttpResponse:
    require_now(request, permissions.FILL, whose=promise.owner)
    crumbs = _crumbs(promise, here=page["title"])
    return done_or_shown(
        request, form, deed, back=reverse("letters:promise", args=[promise.key]), crumbs=crumbs, **page
    )


def _found(request: HttpRequest, key: UUID) -> Promise:
    return get_object_or_404(promises.seen_by(request.user, timezone.now()), key=key)


def _crumbs(promise: Promise | None = None, *, here: Any = "") -> list[Crumb]:
    crumbs = [Crumb(_("Promised"), reverse("letters:promises"))]
    if promise is not None:
        crumbs.append(Crumb(promise.get_kind_display(), reverse("letters:promise", args=[promise.key])))
    return [*crumbs, Crumb(here)] if here else [*crumbs[:-1], Crumb(crumbs[-1].label)]


def _said(promise: Promise) -> str:
    """Its words in the reader's language, where they are said in it."""
    return (promise.words_en if get_language() == "en" else "") or promise.words_sv


def _facts(promise: Promise) -> list[Fact]:
    subject = concerned.subjects([promise.about]).get(promise.about)
    about = [Fact(_("About"), subject.label, url=subject.address)] if subject else []
    other = (_("In English"), promise.words_en) if get_language() != "en" else (_("In Swedish"), promise.words_sv)
    also = [Fact(*other)] if promise.words_en else []
    kind = Fact(_("What is to come"), promise.get_kind_display())
    owner = Fact(_("Who sees to it"), promise.owner.shown_name)
    return [*about, kind, *also, owner, Fact(_("Last day"), day_text(promise.due_on))]


def _table(rows: Any, request: HttpRequest) -> Table:
    return Table(
        caption=_("Promised"),
        columns=[
            Column(
                "words",
                _("What"),
                value=_said,
                is_row_header=True,
                url=lambda row: reverse("letters:promise", args=[row.key]),
            ),
            Column("owner", _("Who sees to it"), value=lambda row: row.owner.shown_name),
            Column("due_on", _("Last day"), kind="date"),
            Column("state", pgettext("of a promise", "State"), kind="badge", value=_badge),
        ],
        rows=rows,
        params=request.GET,
        page_size=50,
        empty=_("There is nothing here."),
    )


def _badge(promise: Promise) -> Badge:
    if promise.state == PromiseState.OPEN and promise.due_on < timezone.localdate():
        return Badge(_("Late"), "warning")
    return Badge(promise.get_state_display(), _KINDS[PromiseState(promise.state)])
