"""Interest in a coordinator: what the scheme offers, the public form, and the officers' worklist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samspel.accounts.queries import names_of
from samspel.kernel.audit import SYSTEM, history_of
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Badge, Crumb, Fact
from samspel.kernel.ui.dates import moment_text
from samspel.kernel.ui.tables import Column, Table
from samspel.registry import permissions
from samspel.registry.forms.entry import FindForm, FromForm, InterestForm, ReasonForm
from samspel.registry.models import Interest, InterestState, Organizer
from samspel.registry.operations import interests as operations
from samspel.registry.operations.entrants import EntrantRefused
from samspel.registry.queries import entry as queries
from samspel.registry.queries import search
from samspel.registry.views.entry.gates import for_deed, is_too_often, organizer_of, ways_of

answerers_only = for_deed(permissions.ANSWER_INTEREST)
CONTACT = "samordnare@skolverket.se"
"""The agency's own address for the coordinator scheme."""
TONES = {InterestState.NEW: "warning", InterestState.ANSWERED: "success", InterestState.DECLINED: "neutral"}


@require_safe
def scheme(request: HttpRequest) -> HttpResponse:
    """What the coordinator scheme offers, and a search for the own organizer."""
    asked = request.GET.get("q", "").replace("\0", "")
    sought = search.Sought.of(asked)
    page = {
        "crumbs": [Crumb(_("Start page"), "/"), Crumb(_("Coordinators"))],
        "form": FindForm(initial={"q": asked}),
        "is_empty": sought.is_empty,
        "found": _found(sought, request),
        "contact": CONTACT,
    }
    return render(request, "registry/entry/coordinators.html", page)


def _found(sought: search.Sought, request: HttpRequest) -> Table:
    columns = [
        Column(
            "name",
            _("Organizer"),
            is_row_header=True,
            url=lambda one: reverse("registry:register_interest", args=[one.organization_number]),
        ),
        Column("county", _("County"), value="county__name"),
        Column("number", _("Organization number"), value="written_number"),
    ]
    return Table(
        caption=_("Organizers"),
        columns=columns,
        rows=search.organizers(sought).filter(ended_on__isnull=True),
        params=request.GET,
        page_size=20,
        empty=_("No organizer was found."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, number: str) -> HttpResponse:
    """Register an organizer's interest; one that has a coordinator is told whom to turn to."""
    organizer = organizer_of(number)
    if organizer.organization_number != number:
        return redirect("registry:register_interest", number=organizer.organization_number)
    if request.method != "POST":
        return _form(request, organizer, InterestForm())
    form = InterestForm(request.POST)
    if not form.is_valid():
        return _form(request, organizer, form, status=422)
    if is_too_often(request, "interest", number):
        form.add_error(None, _("Too much has been sent in a short time. Wait an hour and try again."))
        return _form(request, organizer, form, status=429)
    try:
        operations.register(
            organizer=organizer,
            by=SYSTEM,
            at=timezone.now(),
            language=get_language() or "sv",
            **form.cleaned_data,
        )
    except EntrantRefused as refusal:
        form.add_refused(refusal.faults)
        return _form(request, organizer, form, status=422)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form(request, organizer, form, status=409)
    return redirect(f"{request.path}?mottagen=ja")


def _form(request: HttpRequest, organizer: Organizer, form: InterestForm, *, status: int = 200) -> HttpResponse:
    page = {
        "organizer": organizer,
        "form": form,
        "has_coordinator": queries.has_coordinator(organizer, timezone.localdate()),
        "is_received": request.method != "POST" and request.GET.get("mottagen") == "ja",
        "due_on": queries.answer_due(timezone.now()),
        "contact": CONTACT,
        "crumbs": [
            Crumb(_("Start page"), "/"),
            Crumb(_("Coordinators"), reverse("registry:coordinators")),
            Crumb(organizer.name),
        ],
    }
    return render(request, "registry/entry/register_interest.html", page, status=status)


@answerers_only
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that wait first, oldest first; then those that are answered."""
    rows = queries.interests_visible_to(request.user, timezone.now())
    new = rows.filter(state=InterestState.NEW)
    handled = rows.exclude(state=InterestState.NEW).order_by("-handled_at", "-pk")
    page = {
        "ways": ways_of(request.user),
        "crumbs": [Crumb(_("To do"), reverse("accounts:work")), Crumb(_("Interest in a coordinator"))],
        "waiting": _table(_("Waiting for an answer"), new, request, "waiting", _("Nobody waits for an answer.")),
        "handled": _table(
            pgettext("of several", "Answered"), handled, request, "handled", _("Nothing has been answered yet.")
        ),
    }
    return render(request, "registry/entry/interests.html", page)


def _table(caption: str, rows: Any, request: HttpRequest, name: str, empty: str) -> Table:
    columns = [
        Column(
            "organizer",
            _("Organizer"),
            is_row_header=True,
            value="organizer__name",
            url=lambda one: reverse("registry:interest", args=[one.key]),
        ),
        Column("name", _("From"), value="shown_name"),
        Column("received_at", _("Came in"), kind="moment"),
        Column("due", _("Answer by"), kind="date", value=lambda one: queries.answer_due(one.received_at)),
        Column("state", _("Status"), kind="badge", value=lambda one: Badge(one.get_state_display(), TONES[one.state])),
    ]
    return Table(caption=caption, columns=columns, rows=rows, params=request.GET, page_size=50, name=name, empty=empty)


@answerers_only
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One interest and its three answers: an authorization, a draft, or put aside."""
    one = _one(request, key)
    if request.method != "POST":
        return _shown(request, one)
    answer, at = request.POST.get("answer"), timezone.now()
    reason, begins = ReasonForm(request.POST), FromForm(request.POST)
    try:
        if answer == "authorization":
            operations.ask_for_authorization(interest=one, by=request.user, at=at)
        elif answer == "draft" and begins.is_valid():
            operations.answer_with_draft(interest=one, by=request.user, at=at, **begins.cleaned_data)
        elif answer == "draft":
            return _shown(request, one, begins=begins, status=422)
        elif reason.is_valid():
            operations.put_aside(interest=one, reason=reason.cleaned_data["reason"], by=request.user, at=at)
        else:
            return _shown(request, one, reason=reason, status=422)
    except Refusal as refusal:
        return _shown(request, _one(request, key), errors=[(str(refusal), "")], status=409)
    messages.success(request, _("Answered. The sender has been told by mail."))
    return redirect("registry:interest", key=key)


def _one(request: HttpRequest, key: UUID) -> Interest:
    return get_object_or_404(queries.interests_visible_to(request.user, timezone.now()), key=key)


def _shown(
    request: HttpRequest, one: Interest, *, reason: Any = None, begins: Any = None, errors: Any = (), status: int = 200
) -> HttpResponse:
    at, history = timezone.now(), history_of(one)
    number = one.organizer.organization_number
    page = {
        "one": one,
        "badge": Badge(one.get_state_display(), TONES[one.state]),
        "is_new": one.state == InterestState.NEW,
        "facts": [
            Fact(_("Organizer"), one.organizer.name, url=reverse("registry:organizer", args=[number])),
            Fact(_("Name"), one.shown_name),
            Fact(_("Mail address"), one.shown_email or "–"),
            Fact(_("Telephone"), one.shown("phone") or "–"),
            Fact(_("Title or function"), one.shown("title") or "–"),
            Fact(_("Came in"), moment_text(one.received_at)),
        ],
        "due_on": queries.answer_due(one.received_at),
        "confirmers": queries.confirmers_of(one.organizer, at),
        "reason": reason or ReasonForm(),
        "begins": begins or FromForm(initial={"from_on": timezone.localdate(at)}),
        "forms": [begins, reason],
        "errors": errors,
        "rows": history,
        "people": names_of(row.by_key for row in history),
        "crumbs": [
            Crumb(_("To do"), reverse("accounts:work")),
            Crumb(_("Interest in a coordinator"), reverse("registry:interests")),
            Crumb(one.organizer.name),
        ],
    }
    return render(request, "registry/entry/interest.html", page, status=status)
