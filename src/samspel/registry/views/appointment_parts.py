"""What an appointment's page shows, and what its forms give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.operations import add_person
from samspel.accounts.permissions import may_correct
from samspel.accounts.queries import names_of
from samspel.kernel.audit import history_of
from samspel.kernel.ui.components import Badge, Crumb, Fact
from samspel.kernel.ui.dates import day_text
from samspel.post import permissions as post
from samspel.post.queries.addresses import troubled
from samspel.registry import permissions
from samspel.registry.models import Appointment, StandIn
from samspel.registry.queries import appointments, stand_ins
from samspel.registry.queries.holdings import place_of
from samspel.registry.queries.organizations import organization_of
from samspel.registry.views.organization_parts import crumbs_to, events_of, mail_of, task_name


def page_of(appointment: Appointment, request: HttpRequest) -> dict[str, Any]:
    """Everything the page of an appointment tells this reader."""
    at = timezone.now()
    on = timezone.localdate(at)
    organization = organization_of(appointment)
    sees = permissions.may_see_organization(request.user, organization.place, at)
    successor = appointments.successor_of(appointment)
    bouncing = troubled([appointment.person.email], at)
    deputies = stand_ins.deputies_of([appointment], on).get(appointment.pk, [])
    return {
        "appointment": appointment,
        "name": name_for(appointment.person, request.user),
        "task": task_name(appointment),
        "organization": organization,
        "crumbs": crumbs_to(organization, Crumb(name_for(appointment.person, request.user)), is_open=sees),
        "state": state_of(appointment, on),
        "facts": facts(appointment, successor, request.user, organization.address if sees else ""),
        "deputies": deputies,
        "may_call_off": [one.pk for one in deputies if may_call_off(one, appointment, request.user, at)],
        "trouble": bouncing.get(appointment.person.email),
        "may_clear": post.TABLE.allows(request.user, post.CLEAR, at, place=organization.place),
        "person_url": reverse("accounts:person_correct", args=[appointment.person.key])
        if appointment.person != request.user and may_correct(request.user, appointment.person, at)
        else "",
        "history": events_of(history_of(appointment), request.user),
        "next": next_of(appointment, successor, on),
        **deeds(appointment, successor, request.user, at),
    }


def name_for(person: Person, reader: Any) -> str:
    """Her own name to herself, else the one that others see."""
    return person.name if person == reader else person.shown_name


def state_of(appointment: Appointment, on: date) -> Badge:
    """Now, coming, over or taken back."""
    if appointment.to_on is not None and appointment.to_on < appointment.from_on:
        return Badge(_("Taken back"), "neutral")
    if appointment.from_on > on:
        return Badge(_("Coming"), "info")
    is_over = appointment.to_on is not None and appointment.to_on < on
    return Badge(_("Over"), "neutral") if is_over else Badge(_("Now"), "success")


def next_of(appointment: Appointment, successor: Appointment | None, on: date) -> dict[str, Any] | None:
    """What happens next with it, who does it and by when; None when nothing is to happen."""
    if appointment.to_on is None or appointment.to_on < max(on, appointment.from_on):
        return None
    if successor:
        who = successor.person.shown_name
        return {"what": _("Hand over to the successor"), "who": appointment.person.shown_name, "by": appointment.to_on,
                "note": _("%(name)s takes over the day after.") % {"name": who}}  # fmt: skip
    return {
        "what": _("The appointment ends: replace or prolong it before then"),
        "who": _("Those who administer the organization"),
        "by": appointment.to_on,
        "note": _("She and they are reminded 30 and 7 days before."),
    }


def facts(appointment: Appointment, successor: Appointment | None, reader: Any, there: str) -> list[Fact]:
    """What the appointment tells, as facts. `there`: the organization's page, or empty for her who cannot open it."""
    organization = organization_of(appointment)
    by = names_of([appointment.appointed_by, appointment.ended_by], seen_by=reader)
    found = [
        Fact(_("Task"), task_name(appointment)),
        Fact(_("Where"), organization.name, url=there),
        Fact(_("Mail address"), mail_of(appointment.person) or _("Not shown")),
        Fact(_("First day"), day_text(appointment.from_on)),
        Fact(_("Last day"), _last_day(appointment), note=appointment.end_reason),
        Fact(_("Work title"), appointment.title or "–"),
        Fact(_("Share of full time"), f"{appointment.share_percent} %" if appointment.share_percent else "–"),
        Fact(_("Mandate"), appointment.mandate or "–"),
        Fact(_("Manager"), appointment.manager.shown_name if appointment.manager else "–"),
        Fact(_("Member of the management group"), _said(appointment.in_management_group)),
        Fact(_("Appointed by"), by.get(appointment.appointed_by, _("The system")) if appointment.appointed_at else "–"),
    ]
    if appointment.person.phone and not appointment.person.is_protected:
        found.insert(3, Fact(_("Telephone"), appointment.person.phone))
    if appointment.replaces:
        url = reverse("registry:appointment", args=[appointment.replaces_id]) if there else ""
        found.append(Fact(_("Takes over from"), appointment.replaces.person.shown_name, url=url))
    if successor:
        url = reverse("registry:appointment", args=[successor.pk]) if there else ""
        found.append(Fact(_("Successor"), successor.person.shown_name, url=url))
    return found


def deeds(appointment: Appointment, successor: Appointment | None, reader: Any, at: datetime) -> dict[str, bool]:
    """Which buttons the reader sees."""
    on, place = timezone.localdate(at), place_of(appointment)
    is_open = appointment.to_on is None or appointment.to_on >= max(on, appointment.from_on)
    may_give = is_open and permissions.may_give(reader, appointment.role, place, at)
    has_begun = appointment.from_on <= on
    whose = [appointment.person, *([successor.person] if successor else [])]
    return {
        "may_replace": may_give and successor is None,
        "may_end": may_give and has_begun,
        "may_prolong": may_give and successor is None and appointment.to_on is not None,
        "may_take_back": may_give and not has_begun,
        "may_correct": may_give,
        "may_name_deputy": is_open
        and permissions.may_name_deputy(reader, whose=appointment.person, role=appointment.role, place=place, at=at),
        "may_see_handover": permissions.may_see_handover(
            reader, whose=whose, role=appointment.role, place=place, at=at
        ),
    }


def may_call_off(standing: StandIn, appointment: Appointment, reader: Any, at: datetime) -> bool:
    """The deputy herself, the absent, and those who may appoint."""
    return standing.deputy == reader or permissions.may_name_deputy(
        reader, whose=appointment.person, role=appointment.role, place=place_of(appointment), at=at
    )


def person_given(form: Any, by: Any, at: datetime) -> Person:
    """The person chosen, or added by the name and address that were typed. Inside the deed's own transaction."""
    given = form.cleaned_data
    if given["person"]:
        return given["person"]
    email = given["email"].strip()
    return add_person(email=email, name=given["name"].strip(), phone=given["phone"].strip(), by=by, at=at)


def details_given(form: Any, by: Any, at: datetime) -> dict[str, Any]:
    """What the form tells beside who, what and when; a manager not known before is added."""
    given = form.cleaned_data
    manager = given["manager"]
    if manager is None and given["manager_email"].strip():
        manager = add_person(email=given["manager_email"].strip(), name=given["manager_name"].strip(), by=by, at=at)
    return {
        "title": given["title"],
        "share_percent": given["share_percent"],
        "mandate": given["mandate"],
        "manager": manager,
        "in_management_group": form.management_group,
    }


def details_of(appointment: Appointment) -> dict[str, Any]:
    """What an appointment tells now, as its form shows it."""
    said = {True: "yes", False: "no", None: ""}
    return {
        "title": appointment.title,
        "share_percent": appointment.share_percent,
        "mandate": appointment.mandate,
        "manager": appointment.manager.key if appointment.manager else None,
        "in_management_group": said[appointment.in_management_group],
    }


def _last_day(appointment: Appointment) -> str:
    if appointment.to_on is None:
        return _("Until further notice")
    return _("Never began") if appointment.to_on < appointment.from_on else day_text(appointment.to_on)


def _said(value: bool | None) -> str:
    return {True: _("Yes"), False: _("No"), None: "–"}[value]
