"""Key dates: those ahead, one of them, and what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspel.accounts.queries import names_of
from samspel.kernel.audit import history_of
from samspel.kernel.ui.components import Badge, Crumb, Fact
from samspel.kernel.ui.dates import day_text, moment_text
from samspel.kernel.ui.tables import Column, Table
from samspel.letters import permissions
from samspel.letters.forms.key_dates import CancelForm, ChangeForm, KeyDateForm
from samspel.letters.models import KeyDate, KeyDateState
from samspel.letters.operations import key_dates as operations
from samspel.letters.queries import concerned, key_dates, promises
from samspel.letters.views.deeds import at_work, done_or_shown, may_now, require_now

_KINDS = {KeyDateState.PRELIMINARY: "warning", KeyDateState.DECIDED: "success", KeyDateState.CANCELLED: "neutral"}


@at_work
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The dates ahead, or those that have passed."""
    require_now(request, permissions.SEE)
    at, which = timezone.now(), request.GET.get("visa", "")
    page = {
        "title": _("Key dates"),
        "crumbs": _crumbs(),
        "which": which,
        "may_make": may_now(request, permissions.KEEP_DATES),
        "table": _table(key_dates.passed(at) if which == "passerade" else key_dates.ahead(at), request),
    }
    return render(request, "letters/key_dates/list.html", page)


@at_work
@require_safe
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One date as it now stands, the letters it stands in, and what it has been."""
    date = _found(request, key)
    shown = key_dates.shown_one(date, (get_language() or "sv")[:2])
    letters = concerned.subjects([f"{concerned.LETTER}:{one.key}" for one in concerned.letters_showing(date)])
    rows = history_of(date)
    page = {
        "title": shown.title,
        "date": date,
        "badge": Badge(date.get_state_display(), _KINDS[KeyDateState(date.state)]),
        "facts": _facts(date, shown),
        "letters": list(letters.values()),
        "promises": promises.of(f"{concerned.LIVE_DATE}:{date.key}"),
        "about": f"{concerned.LIVE_DATE}:{date.key}",
        "may_change": may_now(request, permissions.KEEP_DATES) and date.state != KeyDateState.CANCELLED,
        "may_promise": may_now(request, permissions.PROMISE),
        "is_preliminary": date.state == KeyDateState.PRELIMINARY,
        "history": rows,
        "people": names_of(row.by_key for row in rows),
        "crumbs": _crumbs(date),
    }
    return render(request, "letters/key_dates/one.html", page)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A new date."""
    require_now(request, permissions.KEEP_DATES)
    form = KeyDateForm(request.POST if request.method == "POST" else None)
    return done_or_shown(
        request,
        form,
        lambda given: operations.make(said=form.said(), owner=request.user, by=request.user, at=timezone.now()),
        title=_("New key date"),
        lead=_("It can stand in letters, and shows itself there as it is now, also when it has moved."),
        submit=_("Save the date"),
        back=reverse("letters:key_dates"),
        crumbs=_crumbs(here=_("New key date")),
        to=lambda made: reverse("letters:key_date", args=[made.key]),
    )


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Move it, or say it better."""
    require_now(request, permissions.KEEP_DATES)
    date = _found(request, key)
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        initial={**KeyDateForm.about(date), "revision": date.revision, "is_told": True},
    )

    def deed(given: dict[str, Any]) -> KeyDate:
        return operations.change(
            date=date,
            said=form.said(),
            revision=given["revision"],
            is_told=given["is_told"],
            by=request.user,
            at=timezone.now(),
        )

    return _deed(request, date, form, deed, title=_("Change the date"), submit=_("Save the change"))


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is not held."""
    require_now(request, permissions.KEEP_DATES)
    date = _found(request, key)
    form = CancelForm(
        request.POST if request.method == "POST" else None, initial={"revision": date.revision, "is_told": True}
    )
    return _deed(
        request,
        date,
        form,
        lambda given: operations.cancel(date=date, **given, by=request.user, at=timezone.now()),
        title=_("Cancel the date"),
        lead=_("It stays where it stands, marked as cancelled."),
        submit=_("Cancel the date"),
    )


def _deed(request: HttpRequest, date: KeyDate, form: Any, deed: Any, **page: Any) -> HttpResponse:
    back = reverse("letters:key_date", args=[date.key])
    return done_or_shown(request, form, deed, back=back, crumbs=_crumbs(date, here=page["title"]), **page)


def _found(request: HttpRequest, key: UUID) -> KeyDate:
    require_now(request, permissions.SEE)
    return get_object_or_404(KeyDate.objects.prefetch_related("changes").select_related("owner"), key=key)


def _crumbs(date: KeyDate | None = None, *, here: Any = "") -> list[Crumb]:
    crumbs = [Crumb(_("Letters"), reverse("letters:letters")), Crumb(_("Key dates"), reverse("letters:key_dates"))]
    if date is not None:
        crumbs.append(Crumb(_said(date, "title"), reverse("letters:key_date", args=[date.key])))
    return [*crumbs, Crumb(here)] if here else [*crumbs[:-1], Crumb(crumbs[-1].label)]


def _facts(date: KeyDate, shown: Any) -> list[Fact]:
    before = [Fact(_("Before"), shown.before)] if shown.before else []
    where = [Fact(_("Where"), shown.where)] if shown.where else []
    link = [Fact(_("Link"), date.link, url=date.link)] if date.link else []
    changed = [Fact(_("Last changed"), moment_text(date.changed_at))] if date.revision else []
    return [
        Fact(_("When"), shown.when),
        *before,
        *where,
        *link,
        Fact(_("Who sees to it"), date.owner.shown_name),
        *changed,
    ]


def _table(rows: Any, request: HttpRequest) -> Table:
    return Table(
        caption=_("Key dates"),
        columns=[
            Column(
                "title",
                _("What"),
                value=lambda row: _said(row, "title"),
                is_row_header=True,
                url=lambda row: reverse("letters:key_date", args=[row.key]),
            ),
            Column("starts_at", _("When"), value=_when),
            Column("place", _("Where"), value=lambda row: _said(row, "place")),
            Column(
                "state",
                _("How sure"),
                kind="badge",
                value=lambda row: Badge(row.get_state_display(), _KINDS[KeyDateState(row.state)]),
            ),
        ],
        rows=rows,
        params=request.GET,
        page_size=50,
        empty=_("There is nothing here."),
    )


def _said(date: KeyDate, what: str) -> str:
    """In the reader's language, where it is said in it."""
    english = getattr(date, f"{what}_en") if get_language() == "en" else ""
    return english or getattr(date, f"{what}_sv")


def _when(date: KeyDate) -> str:
    return day_text(date.starts_at) if date.is_whole_day else moment_text(date.starts_at)
