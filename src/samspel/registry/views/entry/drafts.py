"""Drafted appointments: the agency drafts, the organizer confirms, corrects or declines."""

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
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Badge, Crumb, Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.tables import Column, Table
from samspel.registry import permissions
from samspel.registry.forms.entry import ConfirmForm, DraftForm, ReasonForm
from samspel.registry.models import Appointment, AppointmentDraft, DraftState, Organizer, Role
from samspel.registry.operations import drafts as operations
from samspel.registry.operations.entrants import EntrantRefused
from samspel.registry.queries import entry as queries
from samspel.registry.queries.holdings import in_force
from samspel.registry.views.entry.gates import for_deed, only, organizer_of, ways_of

drafters_only = for_deed(permissions.DRAFT_APPOINTMENT)
readers_only = only(
    lambda person, at: (
        permissions.TABLE.allows(person, permissions.DRAFT_APPOINTMENT, at) or bool(queries.run_by(person, at))
    )
)
TONES = {DraftState.WAITING: "warning", DraftState.CONFIRMED: "success", DraftState.DECLINED: "neutral"}


@readers_only
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The drafts that the reader may see, those that wait first."""
    at = timezone.now()
    rows = queries.drafts_visible_to(request.user, at)
    page = {
        "ways": ways_of(request.user),
        "crumbs": [Crumb(_("To do"), reverse("accounts:work")), Crumb(_("Drafts"))],
        "waiting": _table(_("Waiting for the organizer"), rows.filter(state=DraftState.WAITING), request, "waiting"),
        "judged": _table(
            pgettext("of several", "Answered"),
            rows.exclude(state=DraftState.WAITING).order_by("-pk"),
            request,
            "judged",
        ),
    }
    return render(request, "registry/entry/drafts.html", page)


def _table(caption: str, rows: Any, request: HttpRequest, name: str) -> Table:
    columns = [
        Column(
            "organizer",
            _("Organizer"),
            is_row_header=True,
            value="organizer__name",
            url=lambda one: reverse("registry:draft", args=[one.key]),
        ),
        Column("name", _("Name"), value="shown_name"),
        Column("from_on", _("From"), kind="date"),
        Column("drafted_at", _("Drafted"), kind="moment"),
        Column("state", _("Status"), kind="badge", value=lambda one: Badge(one.get_state_display(), TONES[one.state])),
    ]
    return Table(
        caption=caption,
        columns=columns,
        rows=rows,
        params=request.GET,
        page_size=50,
        name=name,
        empty=_("No drafts are here."),
    )


@drafters_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, number: str) -> HttpResponse:
    """Draft a coordinator's appointment for an organizer."""
    organizer = organizer_of(number)
    at = timezone.now()
    form = DraftForm(
        request.POST or None,
        coordinators=_coordinators(organizer),
        initial={"from_on": timezone.localdate(at)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.draft(organizer=organizer, by=request.user, at=at, **form.cleaned_data)
        except EntrantRefused as refusal:
            form.add_refused(refusal.faults)
        else:
            messages.success(request, _("The draft is made. It waits for the organizer."))
            return redirect("registry:draft", key=made.key)
    page = {
        "organizer": organizer,
        "form": form,
        "confirmers": queries.confirmers_of(organizer, at),
        "crumbs": [
            Crumb(_("To do"), reverse("accounts:work")),
            Crumb(_("Drafts"), reverse("registry:drafts")),
            Crumb(organizer.name),
        ],
    }
    return render(request, "registry/entry/draft_new.html", page, status=422 if form.errors else 200)


def _coordinators(organizer: Organizer) -> Any:
    rows = Appointment.objects.filter(in_force(timezone.localdate()), organizer=organizer, role=Role.COORDINATOR)
    return rows.select_related("person")


@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One draft: for those who can confirm it, with what they may correct; for the drafter, what it waits for."""
    at = timezone.now()
    one = get_object_or_404(queries.drafts_visible_to(request.user, at), key=key)
    if request.method != "POST":
        return _shown(request, one)
    if not queries.may_confirm(request.user, one, at):
        raise Http404
    return _answer(request, one, at)


def _answer(request: HttpRequest, one: AppointmentDraft, at: Any) -> HttpResponse:
    is_confirmed = request.POST.get("answer") == "confirm"
    form = ConfirmForm(request.POST) if is_confirmed else ReasonForm(request.POST)
    which = {"form" if is_confirmed else "reason": form}
    if not form.is_valid():
        return _shown(request, one, status=422, **which)
    operation = operations.confirm if is_confirmed else operations.decline
    try:
        operation(draft=one, by=request.user, at=at, **form.cleaned_data)
    except EntrantRefused as refusal:
        form.add_refused(refusal.faults)
        return _shown(request, one, status=422, **which)
    except Refusal as refusal:
        one.refresh_from_db()
        return _shown(request, one, errors=[(str(refusal), "")], status=409, **which)
    messages.success(request, _("She is appointed.") if is_confirmed else _("The draft is declined."))
    return redirect("registry:draft", key=one.key)


def _shown(
    request: HttpRequest,
    one: AppointmentDraft,
    *,
    form: Any = None,
    reason: Any = None,
    errors: Any = (),
    status: int = 200,
) -> HttpResponse:
    at, history = timezone.now(), history_of(one)
    is_waiting = one.state == DraftState.WAITING
    fields = ("name", "email", "phone", "title", "from_on")
    page = {
        "one": one,
        "badge": Badge(one.get_state_display(), TONES[one.state]),
        "facts": _facts(one),
        "is_waiting": is_waiting,
        "may_confirm": is_waiting and queries.may_confirm(request.user, one, at),
        "confirmers": queries.confirmers_of(one.organizer, at),
        "due_on": queries.answer_due(one.drafted_at),
        "form": form or ConfirmForm(initial={name: "" if one.is_hidden else getattr(one, name) for name in fields}),
        "reason": reason or ReasonForm(),
        "forms": [form, reason],
        "errors": errors,
        "rows": history,
        "people": names_of(row.by_key for row in history),
        "crumbs": [
            Crumb(_("To do"), reverse("accounts:work")),
            Crumb(_("Drafts"), reverse("registry:drafts")),
            Crumb(one.organizer.name),
        ],
    }
    return render(request, "registry/entry/draft.html", page, status=status)


def _facts(one: AppointmentDraft) -> list[Fact]:
    url = reverse("registry:organizer", args=[one.organizer.organization_number])
    facts = [
        Fact(_("Organizer"), one.organizer.name, url=url),
        Fact(_("Task"), one.get_role_display()),
        Fact(_("Name"), one.shown_name),
        Fact(_("Mail address"), one.shown_email or "–"),
        Fact(_("Telephone"), one.shown("phone") or "–"),
        Fact(_("Title or function"), one.shown("title") or "–"),
        Fact(_("From"), day_text(one.from_on)),
    ]
    if one.replaces:
        facts.append(Fact(_("Replaces"), one.replaces.person.shown_name))
    return facts
