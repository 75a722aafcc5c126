"""Authorizations as officers judge them: the worklist, one of them, and its paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from samspel.accounts.queries import names_of
from samspel.kernel.audit import history_of
from samspel.kernel.files import storing
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Badge, Crumb, Fact
from samspel.kernel.ui.dates import moment_text
from samspel.kernel.ui.tables import Column, Table
from samspel.registry import permissions
from samspel.registry.forms.entry import ReasonForm
from samspel.registry.models import Authorization, AuthorizationState
from samspel.registry.operations import authorizations as operations
from samspel.registry.queries import entry as queries
from samspel.registry.views.entry.gates import for_deed, ways_of

judges_only = for_deed(permissions.JUDGE_AUTHORIZATION)
TONES = {
    AuthorizationState.SUBMITTED: "warning",
    AuthorizationState.ACCEPTED: "success",
    AuthorizationState.REFUSED: "neutral",
}


@judges_only
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that wait first, oldest first; then those that are judged."""
    rows = queries.authorizations_visible_to(request.user, timezone.now())
    waiting = rows.filter(state=AuthorizationState.SUBMITTED)
    judged = rows.exclude(state=AuthorizationState.SUBMITTED).order_by("-judged_at", "-pk")
    page = {
        "ways": ways_of(request.user),
        "crumbs": [Crumb(_("To do"), reverse("accounts:work")), Crumb(_("Authorizations"))],
        "waiting": _table(_("Waiting to be judged"), waiting, request, "waiting", _("No authorization is waiting.")),
        "judged": _table(
            pgettext("of several", "Judged"), judged, request, "judged", _("No authorization has been judged yet.")
        ),
    }
    return render(request, "registry/entry/authorizations.html", page)


def _table(caption: str, rows: Any, request: HttpRequest, name: str, empty: str) -> Table:
    columns = [
        Column(
            "organization",
            _("Organization"),
            is_row_header=True,
            value=lambda one: str(one.organizer or one.university),
            url=lambda one: reverse("registry:authorization", args=[one.key]),
        ),
        Column("name", _("Who is named"), value="shown_name"),
        Column("submitted_at", _("Came in"), kind="moment"),
        Column("due", _("Answer by"), kind="date", value=lambda one: queries.answer_due(one.submitted_at)),
        Column("state", _("Status"), kind="badge", value=lambda one: Badge(one.get_state_display(), TONES[one.state])),
    ]
    return Table(caption=caption, columns=columns, rows=rows, params=request.GET, page_size=50, name=name, empty=empty)


@judges_only
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One authorization: the paper, what was typed, and the two answers."""
    one = _one(request, key)
    if request.method != "POST":
        return _shown(request, one)
    at, form = timezone.now(), ReasonForm(request.POST)
    try:
        if request.POST.get("answer") == "accept":
            operations.accept(authorization=one, by=request.user, at=at)
            messages.success(request, _("Accepted. She has been told by mail where to log in."))
        elif form.is_valid():
            operations.refuse(authorization=one, reason=form.cleaned_data["reason"], by=request.user, at=at)
            messages.success(request, _("Not accepted. The sender has been told why."))
        else:
            return _shown(request, one, form=form, status=422)
    except Refusal as refusal:
        return _shown(request, _one(request, key), errors=[(str(refusal), "")], status=409)
    return redirect("registry:authorization", key=key)


@judges_only
@require_safe
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file as it came, to be saved: never shown as a page of ours."""
    one = _one(request, key)
    if one.is_hidden:
        raise Http404
    return HttpResponse(
        storing.read(one.file),
        content_type=one.file.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="fullmakt-{one.key}{_SUFFIX.get(one.file.media_type, "")}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


_SUFFIX = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


def _one(request: HttpRequest, key: UUID) -> Authorization:
    return get_object_or_404(queries.authorizations_visible_to(request.user, timezone.now()), key=key)


def _shown(
    request: HttpRequest, one: Authorization, *, form: ReasonForm | None = None, errors: Any = (), status: int = 200
) -> HttpResponse:
    history = history_of(one)
    people = names_of([one.judged_by, *(row.by_key for row in history)])
    is_waiting = one.state == AuthorizationState.SUBMITTED
    page = {
        "one": one,
        "organization": one.organizer or one.university,
        "badge": Badge(one.get_state_display(), TONES[one.state]),
        "facts": _facts(one),
        "is_waiting": is_waiting,
        "judge": people.get(one.judged_by, ""),
        "has_administrator": is_waiting and queries.has_administrator(one, timezone.localdate()),
        "due_on": queries.answer_due(one.submitted_at),
        "form": form or ReasonForm(),
        "errors": errors,
        "crumbs": [
            Crumb(_("To do"), reverse("accounts:work")),
            Crumb(_("Authorizations"), reverse("registry:authorizations")),
            Crumb(str(one.organizer or one.university)),
        ],
        "rows": history,
        "people": people,
    }
    return render(request, "registry/entry/authorization.html", page, status=status)


def _facts(one: Authorization) -> list[Fact]:
    place = one.organizer or one.university
    url = reverse("registry:organizer", args=[one.organizer.organization_number]) if one.organizer else ""
    return [
        Fact(_("Organization"), str(place), note=one.organizer.written_number if one.organizer else "", url=url),
        Fact(_("Who is named"), one.shown_name),
        Fact(_("Mail address"), one.shown_email or "–"),
        Fact(_("Telephone"), one.shown("phone") or "–"),
        Fact(_("Title or function"), one.shown("title") or "–"),
        Fact(_("Who signed the paper"), one.signed_by),
        Fact(_("Came in"), moment_text(one.submitted_at)),
    ]
