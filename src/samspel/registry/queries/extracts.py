"""What the registry keeps of a person, for her register extract. Others are never named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries.extracts import ExtractPart, Field
from samspel.accounts.queries.people import keys_of
from samspel.registry.models import Appointment, AppointmentDraft, Authorization, Interest, Invitation, StandIn
from samspel.registry.queries.appointments import place_of


def appointments(person: Person, at: datetime) -> Iterator[ExtractPart]:
    """Her appointments, where she stands in, and how many appointments name her as manager."""
    own = Appointment.objects.filter(person=person).select_related("organizer", "school_unit", "university")
    keys = set(keys_of(person))
    yield ExtractPart(
        _("Your tasks"), tuple(_appointment(one, keys) for one in own.order_by("-from_on", "-id")), "appointments"
    )
    standing = StandIn.objects.filter(deputy=person).select_related("appointment__organizer", "appointment__university")
    yield ExtractPart(
        _("Where you stand in for somebody"),
        tuple(_stand_in(one) for one in standing.order_by("-from_on", "-id")),
        "stand_ins",
    )
    managed = Appointment.objects.filter(manager=person).count()
    rows = ((Field("count", _("Number"), managed),),) if managed else ()
    yield ExtractPart(_("Appointments that name you as manager"), rows, "managed_appointments")


def ways_in(person: Person, at: datetime) -> Iterator[ExtractPart]:
    """Authorizations, invitations, interests and drafts that tell of her."""
    yield ExtractPart(_("Authorizations"), tuple(_authorizations(person)), "authorizations")
    yield ExtractPart(_("Invitations"), tuple(_invitations(person)), "invitations")
    yield ExtractPart(_("Interests that you registered"), tuple(_interests(person)), "interests")
    yield ExtractPart(_("Appointments that were drafted"), tuple(_drafts(person)), "appointment_drafts")


def _about(person: Person, *, by_address_alone: bool = False) -> Q:
    addresses = [person.email, *person.merged.values_list("email", flat=True)]
    hers = Q(email__in=addresses)
    return hers if by_address_alone else hers | Q(appointment__person=person)


def _appointment(one: Appointment, keys: set[UUID]) -> tuple[Field, ...]:
    giver = "system" if one.appointed_by is None else "self" if one.appointed_by in keys else "another"
    words = {"system": _("the system"), "self": _("yourself"), "another": _("somebody else, in her task")}
    return (
        Field("role", _("Task"), one.role, one.get_role_display()),
        Field("where", _("Where"), place_of(one)),
        Field("school_unit", _("School unit"), one.school_unit.name if one.school_unit else ""),
        Field("from_on", _("From"), one.from_on),
        Field("to_on", _("To"), one.to_on),
        Field("title", _("Title at work"), one.title),
        Field("share_percent", _("Share of full time, per cent"), one.share_percent),
        Field("mandate", _("Mandate"), one.mandate),
        Field("has_manager", _("A manager is named"), one.manager_id is not None),
        Field("in_management_group", _("Member of the management group"), one.in_management_group),
        Field("appointed_at", _("Appointed"), one.appointed_at),
        Field("appointed_by", _("Appointed by"), giver, words[giver]),
        Field("ended_at", _("End entered"), one.ended_at),
        Field("end_reason", _("Why it ended"), one.end_reason),
    )


def _stand_in(one: StandIn) -> tuple[Field, ...]:
    return (
        Field("role", _("Task"), one.appointment.role, one.appointment.get_role_display()),
        Field("where", _("Where"), place_of(one.appointment)),
        Field("from_on", _("From"), one.from_on),
        Field("to_on", _("To"), one.to_on),
        Field("ended_at", _("Called off"), one.ended_at),
    )


def _authorizations(person: Person) -> Iterator[tuple[Field, ...]]:
    for one in Authorization.objects.filter(_about(person)).select_related("organizer", "university").order_by("pk"):
        yield (
            Field("where", _("Where"), place_of(one)),
            Field("name", _("Name"), one.name),
            Field("email", _("Mail address"), one.email),
            Field("phone", _("Telephone"), one.phone),
            Field("title", _("Title at work"), one.title),
            Field("submitted_at", _("Received"), one.submitted_at),
            Field("state", _("Where it stands"), one.state, one.get_state_display()),
            Field("judged_at", _("Judged"), one.judged_at),
            Field("reason", _("Why"), one.reason),
        )


def _invitations(person: Person) -> Iterator[tuple[Field, ...]]:
    for one in Invitation.objects.filter(_about(person)).select_related("organizer", "university").order_by("pk"):
        yield (
            Field("role", _("Task"), one.role, one.get_role_display()),
            Field("where", _("Where"), place_of(one)),
            Field("name", _("Name"), one.name),
            Field("email", _("Mail address"), one.email),
            Field("title", _("Title at work"), one.title),
            Field("invited_at", _("Invited"), one.invited_at),
            Field("expires_at", _("Expires"), one.expires_at),
            Field("state", _("Where it stands"), one.state, one.get_state_display()),
            Field("answered_at", _("Answered"), one.answered_at),
        )


def _interests(person: Person) -> Iterator[tuple[Field, ...]]:
    hers = Interest.objects.filter(_about(person, by_address_alone=True)).select_related("organizer")
    for one in hers.order_by("pk"):
        yield (
            Field("where", _("Where"), one.organizer.name),
            Field("name", _("Name"), one.name),
            Field("email", _("Mail address"), one.email),
            Field("phone", _("Telephone"), one.phone),
            Field("title", _("Title at work"), one.title),
            Field("words", _("What you wrote"), one.words),
            Field("received_at", _("Received"), one.received_at),
            Field("state", _("Where it stands"), one.state, one.get_state_display()),
        )


def _drafts(person: Person) -> Iterator[tuple[Field, ...]]:
    for one in AppointmentDraft.objects.filter(_about(person)).select_related("organizer").order_by("pk"):
        yield (
            Field("role", _("Task"), one.role, one.get_role_display()),
            Field("where", _("Where"), one.organizer.name),
            Field("name", _("Name"), one.name),
            Field("email", _("Mail address"), one.email),
            Field("phone", _("Telephone"), one.phone),
            Field("title", _("Title at work"), one.title),
            Field("from_on", _("From"), one.from_on),
            Field("drafted_at", _("Drafted"), one.drafted_at),
            Field("state", _("Where it stands"), one.state, one.get_state_display()),
        )
