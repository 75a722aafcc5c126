"""One appointment and what is done with it: appoint, replace, end, prolong, take back, correct."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb
from samspel.post.operations.bounces import clear_trouble
from samspel.registry import permissions
from samspel.registry.forms import appointments as forms
from samspel.registry.models import Appointment
from samspel.registry.operations import appointments as operations
from samspel.registry.queries import appointments as queries
from samspel.registry.queries.holdings import place_of
from samspel.registry.queries.organizations import Organization
from samspel.registry.queries.organizations import organization_of as organization_there
from samspel.registry.views import appointment_parts as parts
from samspel.registry.views.organization_parts import crumbs_to, task_name, whom_there
from samspel.registry.views.organizations import organization_of, seen_by


def found(request: HttpRequest, pk: int) -> Appointment:
    """An appointment, for its own person and for those who see the organization. Raises Http404 to others."""
    try:
        appointment = queries.with_all(pk)
    except Appointment.DoesNotExist as missing:
        raise Http404 from missing
    is_hers = appointment.person_id == request.user.pk
    if not is_hers and not permissions.may_see_organization(request.user, place_of(appointment), timezone.now()):
        raise Http404
    return appointment


@never_cache
@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the appointment tells, who stands in, what has happened, and what the reader may do with it."""
    appointment = found(request, pk)
    return render(request, "registry/people/appointment.html", parts.page_of(appointment, request))


@never_cache
@login_required
@require_http_methods(["POST"])
def address_works(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody of the organization says that mail to her address arrives; the next bounce puts it back."""
    appointment = found(request, pk)
    place = place_of(appointment)
    clear_trouble(address=appointment.person.email, by=request.user, at=timezone.now(), place=place)
    messages.success(request, _("Mail is sent there again."))
    return redirect("registry:appointment", pk=appointment.pk)


@never_cache
@login_required
def appoint(request: HttpRequest, number: str = "", slug: str = "") -> HttpResponse:
    """Appoint somebody at an organization; only the roles that the reader may give are offered."""
    organization = seen_by(request, organization_of(number, slug))
    at = timezone.now()
    on = timezone.localdate(at)
    roles = permissions.roles_to_give(request.user, organization.place, at)
    if not roles:
        raise PermissionDenied
    units = organization.organizer.school_units.filter(ended_on=None) if organization.organizer else None
    people = whom_there(organization, on)
    form = forms.AppointForm(request.POST or None, roles=roles, units=units, people=people, initial={"from_on": on})
    page = {
        "title": _("Appoint"),
        "lead": organization.name,
        "crumbs": crumbs_to(organization, Crumb(_("Appoint"))),
        "submit": _("Appoint"),
        "back": organization.address,
        "note": _("She who is appointed gets a mail, and so do those who administer the organization."),
        "done": _("The person is appointed, and has been sent a mail with the way in."),
    }
    return asked(request, form, page, lambda: _appoint(request, organization, form))


@never_cache
@login_required
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else takes over from a day on."""
    appointment, organization = _to_change(request, pk)
    on = timezone.localdate()
    people = whom_there(organization, on).exclude(pk=appointment.person_id)
    kept = {"title": appointment.title, "mandate": appointment.mandate, "share_percent": appointment.share_percent}
    form = forms.SuccessorForm(request.POST or None, people=people, initial=kept)
    note = _("The one who leaves keeps the task to the day before. Both get a mail with the way to the handover page.")
    done = _("The successor is appointed. Both have been sent a mail with the way to the handover page.")
    page = _page(appointment, _("Replace"), _("Replace"), note) | {"done": done}
    return asked(request, form, page, lambda: _replace(request, appointment, form))


@never_cache
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day, and why."""
    appointment, _organization = _to_change(request, pk)
    form = forms.EndForm(request.POST or None, initial={"to_on": appointment.to_on})

    def do() -> Appointment:
        return operations.end(appointment=appointment, by=request.user, at=timezone.now(), **form.cleaned_data)

    note = _("She and those who administer the organization get a mail. After the last day the role gives nothing.")
    title = _("End the appointment")
    return asked(request, form, _page(appointment, title, title, note, "danger"), do)


@never_cache
@login_required
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    """A later last day, or none."""
    appointment, _organization = _to_change(request, pk)
    form = forms.ProlongForm(request.POST or None, initial={"to_on": appointment.to_on})

    def do() -> Appointment:
        return operations.prolong(appointment=appointment, by=request.user, at=timezone.now(), **form.cleaned_data)

    return asked(request, form, _page(appointment, _("Prolong"), _("Prolong")), do)


@never_cache
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """What has not begun never does."""
    appointment, _organization = _to_change(request, pk)
    form = forms.TakeBackForm(request.POST or None)

    def do() -> Appointment:
        return operations.take_back(appointment=appointment, by=request.user, at=timezone.now(), **form.cleaned_data)

    return asked(request, form, _page(appointment, _("Take back"), _("Take back"), "", "danger"), do)


@never_cache
@login_required
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, share of time, mandate, manager, management group."""
    appointment, organization = _to_change(request, pk)
    people = whom_there(organization, timezone.localdate()).exclude(pk=appointment.person_id)
    if appointment.manager_id:
        people = people | queries.Person.objects.filter(pk=appointment.manager_id)
    kept = parts.details_of(appointment)
    form = forms.CorrectForm(request.POST or None, people=people.distinct(), initial=kept)

    def do() -> Appointment:
        at = timezone.now()
        details = parts.details_given(form, request.user, at)
        return operations.correct(appointment=appointment, by=request.user, at=at, **details)

    return asked(request, form, _page(appointment, _("Correct"), _("Save")), do)


def asked(request: HttpRequest, form: Any, page: dict[str, Any], do: Callable[[], Any]) -> HttpResponse:
    """A form's page; posted and whole, the deed, in one transaction. A refusal stands on the page in words.

    page: what the template shows; under "done", if it is there, what is said afterwards.
    """
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                done = do()
        except Refusal as refusal:
            errors = [(sentence, "") for sentence in getattr(refusal, "sentences", [refusal.sentence])]
        else:
            messages.success(request, page.get("done") or _("It is done."))
            return redirect("registry:appointment", pk=done.pk)
    return render(request, "registry/people/form.html", page | {"form": form, "errors": errors})


def _to_change(request: HttpRequest, pk: int) -> tuple[Appointment, Organization]:
    appointment = found(request, pk)
    may = permissions.may_give(request.user, appointment.role, place_of(appointment), timezone.now())
    permissions.require(may)
    return appointment, organization_there(appointment)


def _page(appointment: Appointment, title: Any, submit: Any, note: Any = "", kind: str = "primary") -> dict[str, Any]:
    back = reverse("registry:appointment", args=[appointment.pk])
    name = appointment.person.shown_name
    return {
        "title": title,
        "lead": f"{name}, {task_name(appointment)}",
        "crumbs": crumbs_to(organization_there(appointment), Crumb(name, back), Crumb(title)),
        "submit": submit,
        "kind": kind,
        "back": back,
        "note": note,
    }


def _appoint(request: HttpRequest, organization: Organization, form: forms.AppointForm) -> Appointment:
    given, at = form.cleaned_data, timezone.now()
    return operations.appoint(
        person=parts.person_given(form, request.user, at),
        role=given["role"],
        organizer=organization.organizer,
        university=organization.university,
        school_unit=given.get("school_unit"),
        from_on=given["from_on"],
        to_on=given["to_on"],
        by=request.user,
        at=at,
        **parts.details_given(form, request.user, at),
    )


def _replace(request: HttpRequest, appointment: Appointment, form: forms.SuccessorForm) -> Appointment:
    given, at = form.cleaned_data, timezone.now()
    return operations.replace(
        appointment=appointment,
        person=parts.person_given(form, request.user, at),
        from_on=given["from_on"],
        to_on=given["to_on"],
        by=request.user,
        at=at,
        **parts.details_given(form, request.user, at),
    )
