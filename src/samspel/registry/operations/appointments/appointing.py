"""Give a person a role somewhere, from one day to another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.kernel.audit import record
from samspel.kernel.permissions import AGENCY, Place
from samspel.registry import permissions
from samspel.registry.models import Appointment, Organizer, Role, SchoolUnit, University
from samspel.registry.operations.appointments import telling
from samspel.registry.operations.appointments.refusals import AppointmentRefused
from samspel.registry.queries.holdings import place_of
from samspel.registry.rules import roles
from samspel.registry.rules.appointments import Span, Terms, obstacles, telling_due


@transaction.atomic
def appoint(
    *,
    person: Person,
    role: str,
    by: Any,
    at: datetime,
    from_on: date,
    to_on: date | None = None,
    organizer: Organizer | None = None,
    school_unit: SchoolUnit | None = None,
    university: University | None = None,
    is_told: bool = True,
    **details: Any,
) -> Appointment:
    """Give a person a role somewhere (nowhere named: the agency) from a day on; the very same twice is there once.

    details: title, share_percent (1–100), mandate, manager (a person), in_management_group, replaces.
    She and the organization's administrators are told, unless `by` is the system or `is_told` is False.
    Raises PermissionDenied unless `by` may give that role there, ValueError for an unknown role, AppointmentRefused
    with every reason.
    """
    place = place_of(Appointment(organizer=organizer, university=university))
    permissions.require_may_give(by, Role(role), place, at)
    return enter(
        person=person,
        role=role,
        by=by,
        at=at,
        from_on=from_on,
        to_on=to_on,
        organizer=organizer,
        school_unit=school_unit,
        university=university,
        is_told=is_told,
        **details,
    )


@transaction.atomic
def enter(
    *,
    person: Person,
    role: str,
    by: Any,
    at: datetime,
    from_on: date,
    to_on: date | None = None,
    organizer: Organizer | None = None,
    school_unit: SchoolUnit | None = None,
    university: University | None = None,
    title: str = "",
    share_percent: int | None = None,
    mandate: str = "",
    manager: Person | None = None,
    in_management_group: bool | None = None,
    replaces: Appointment | None = None,
    is_told: bool = True,
) -> Appointment:
    """As `appoint`, when the calling operation has judged that it may be: an invitation or authorization accepted.

    by: who gives it. Raises AppointmentRefused, also for what nobody gives herself.
    """
    # Two that appoint the same person at once wait for each other here, so that none overlaps.
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    wanted = Appointment(
        person=person,
        role=Role(role),
        organizer=organizer,
        school_unit=school_unit,
        university=university,
        from_on=from_on,
        to_on=to_on,
        title=title.strip(),
        share_percent=share_percent,
        mandate=mandate.strip(),
        manager=manager,
        in_management_group=in_management_group,
        appointed_at=at,
        appointed_by=by.key,
        replaces=replaces,
        end_announced_for=telling_due(to_on, timezone.localdate(at)) if to_on else None,
    )
    refuse_to_herself(by, person, role, place_of(wanted))
    if same := alike(wanted).filter(from_on=from_on, to_on=to_on).first():
        return same
    judge(wanted)
    wanted.save()
    record(
        action="registry.appointment.made",
        on=wanted,
        by=by,
        at=at,
        role=wanted.role,
        person=person.key,
        from_on=from_on,
    )
    if is_told and replaces is None:
        telling.appointed(wanted, by=by, at=at)
    return wanted


def refuse_to_herself(by: Any, person: Person, role: str, place: Place) -> None:
    """Raises AppointmentRefused if she gives (or prolongs) herself a role that somebody else must give."""
    where = roles.AGENCY if place is AGENCY else place[0]
    if isinstance(by, Person) and by.pk == person.pk and roles.is_given_by_another(role, where):
        raise AppointmentRefused(["to_herself"])


def alike(appointment: Appointment) -> Any:
    """The same person's other appointments in that role at that place."""
    return Appointment.objects.filter(
        person=appointment.person,
        role=appointment.role,
        organizer=appointment.organizer,
        school_unit=appointment.school_unit,
        university=appointment.university,
    ).exclude(pk=appointment.pk)


def judge(appointment: Appointment) -> None:
    """Raises AppointmentRefused with everything that keeps an appointment from standing as it is written."""
    spans = [Span(*days) for days in alike(appointment).values_list("from_on", "to_on")]
    found = obstacles(terms_of(appointment), spans)
    if not appointment.person.is_active:
        found.append("account_closed")
    if found:
        raise AppointmentRefused(found)


def terms_of(appointment: Appointment) -> Terms:
    """What the rules ask about an appointment."""
    where = roles.UNIVERSITY if appointment.university_id else roles.AGENCY
    unit = appointment.school_unit
    return Terms(
        role=appointment.role,
        where=roles.ORGANIZER if appointment.organizer_id else where,
        span=Span(appointment.from_on, appointment.to_on),
        has_unit=unit is not None,
        is_unit_of_organizer=unit is None or unit.organizer_id == appointment.organizer_id,
        share_percent=appointment.share_percent,
        is_own_manager=appointment.manager_id is not None and appointment.manager_id == appointment.person_id,
    )
