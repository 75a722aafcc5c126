"""The handover page: what one leaves to who comes after."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samspel.kernel.permissions import private_zone
from samspel.kernel.ui.components import Crumb, Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.tables import Column, Table
from samspel.registry import permissions
from samspel.registry.models import Appointment
from samspel.registry.queries import appointments, handover
from samspel.registry.queries.holdings import place_of
from samspel.registry.queries.organizations import organization_of
from samspel.registry.views.organization_parts import crumbs_to, events_of, mail_of, task_name


@never_cache
@login_required
@private_zone
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """For the one who leaves, her successor, and those of the organization who may appoint to the role."""
    at = timezone.now()
    on = timezone.localdate(at)
    appointment, successor = _found(request, pk)
    organization = organization_of(appointment)
    can_open = permissions.may_see_organization(request.user, organization.place, at)
    shown = {
        "appointment": appointment,
        "name": appointment.person.shown_name,
        "task": task_name(appointment),
        "organization": organization,
        "crumbs": crumbs_to(organization, Crumb(_("Handover")), is_open=can_open),
        "facts": _facts(appointment, successor),
        "successor": successor,
        "open": handover.still_open(appointment, at),
        "parts": handover.parts_of(appointment, at),
        "contacts": _contacts(appointment, request, on),
        "history": events_of(handover.done_by(appointment), request.user),
        "is_closed": not can_open,
    }
    return render(request, "registry/people/handover.html", shown)


def _found(request: HttpRequest, pk: int) -> tuple[Appointment, Appointment | None]:
    """Raises Http404 to all others, and to the one who left a month ago."""
    try:
        appointment = appointments.with_all(pk)
    except Appointment.DoesNotExist as missing:
        raise Http404 from missing
    at, successor = timezone.now(), appointments.successor_of(appointment)
    left_long_ago = appointment.to_on is not None and appointment.to_on + handover.OPEN_AFTER < timezone.localdate(at)
    whose: list[Any] = [] if left_long_ago else [appointment.person]
    whose += [successor.person] if successor else []
    if not permissions.may_see_handover(
        request.user, whose=whose, role=appointment.role, place=place_of(appointment), at=at
    ):
        raise Http404
    return appointment, successor


def _facts(appointment: Appointment, successor: Appointment | None) -> list[Fact]:
    facts = [
        Fact(_("Leaves"), appointment.person.shown_name),
        Fact(_("Last day"), day_text(appointment.to_on) if appointment.to_on else _("Not decided")),
        Fact(_("Takes over"), successor.person.shown_name if successor else _("Nobody is appointed yet")),
    ]
    if successor:
        facts.append(Fact(_("First day"), day_text(successor.from_on)))
    told = [
        (_("Work title"), appointment.title),
        (_("Share of full time"), f"{appointment.share_percent} %" if appointment.share_percent else ""),
        (_("Mandate"), appointment.mandate),
        (_("Manager"), appointment.manager.shown_name if appointment.manager else ""),
    ]
    return facts + [Fact(label, value) for label, value in told if value]


def _contacts(appointment: Appointment, request: HttpRequest, on: Any) -> Table:
    columns = [
        Column("person", _("Person"), value="person__shown_name", is_row_header=True),
        Column("role", _("Task"), value=task_name),
        Column("mail", _("Mail address"), value=lambda one: mail_of(one.person)),
        Column("phone", _("Telephone"), value=lambda one: "" if one.person.is_protected else one.person.phone),
    ]
    rows = list(appointments.now_at(place_of(appointment), on).exclude(pk=appointment.pk))
    return Table(
        caption=_("Whom to talk to"),
        columns=columns,
        rows=rows,
        params=request.GET,
        page_size=100,
        empty=_("Nobody else has a task here now."),
    )
