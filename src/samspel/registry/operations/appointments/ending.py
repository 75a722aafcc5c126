"""End an appointment, move its end, take it back before it began, and tell of an end before it comes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.kernel.audit import record
from samspel.registry import permissions
from samspel.registry.models import Appointment, Role
from samspel.registry.operations.appointments import telling
from samspel.registry.operations.appointments.appointing import judge, refuse_to_herself
from samspel.registry.operations.appointments.refusals import AppointmentRefused
from samspel.registry.queries.holdings import at_place, place_of
from samspel.registry.rules.appointments import telling_due


@transaction.atomic
def end(*, appointment: Appointment, to_on: date, reason: str, by: Any, at: datetime) -> Appointment:
    """The last day is `to_on` (included), for a reason. She and the organization's administrators are told.

    Raises PermissionDenied unless `by` may give that role there, AppointmentRefused: over already, no reason, the last
    day before the first, or an administrator who would leave nobody to administer.
    """
    ending = _locked(appointment)
    permissions.require_may_give(by, ending.role, place_of(ending), at)
    found = [] if is_open(ending, at) else ["not_in_force"]
    found += [] if reason.strip() else ["no_reason"]
    found += ["last_administrator"] if _leaves_nobody(ending, to_on, by) else []
    ending.to_on, ending.ended_at, ending.ended_by, ending.end_reason = to_on, at, by.key, reason.strip()
    # What is told now needs no telling once more.
    ending.end_announced_for = telling_due(to_on, timezone.localdate(at))
    _judge(ending, found)
    ending.save(update_fields=["to_on", "ended_at", "ended_by", "end_reason", "end_announced_for"])
    record(action="registry.appointment.ended", on=ending, by=by, at=at, to_on=to_on)
    telling.ended(ending, by=by, at=at)
    return ending


@transaction.atomic
def prolong(*, appointment: Appointment, to_on: date | None, by: Any, at: datetime) -> Appointment:
    """The last day is later than was said; None: until further notice. Raises as `end`."""
    prolonged = _locked(appointment)
    permissions.require_may_give(by, prolonged.role, place_of(prolonged), at)
    refuse_to_herself(by, prolonged.person, prolonged.role, place_of(prolonged))
    found = [] if is_open(prolonged, at) else ["not_in_force"]
    found += ["replaced_already"] if _has_successor(prolonged) else []
    prolonged.to_on, prolonged.ended_at, prolonged.ended_by, prolonged.end_reason = to_on, None, None, ""
    prolonged.end_announced_for = None
    _judge(prolonged, found)
    prolonged.save(update_fields=["to_on", "ended_at", "ended_by", "end_reason", "end_announced_for"])
    record(action="registry.appointment.prolonged", on=prolonged, by=by, at=at, to_on=to_on)
    return prolonged


@transaction.atomic
def take_back(*, appointment: Appointment, reason: str, by: Any, at: datetime) -> Appointment:
    """An appointment that has not begun never will: it stands with a last day before its first, and holds on no day.

    Whom it would have replaced keeps the last day that was set; `prolong` moves it.
    """
    taken = _locked(appointment)
    permissions.require_may_give(by, taken.role, place_of(taken), at)
    found = [] if is_open(taken, at) else ["not_in_force"]
    found += [] if taken.from_on > timezone.localdate(at) else ["begun"]
    found += [] if reason.strip() else ["no_reason"]
    if found:
        raise AppointmentRefused(found)
    taken.to_on, taken.ended_at, taken.ended_by = taken.from_on - timedelta(days=1), at, by.key
    taken.end_reason = reason.strip()
    taken.save(update_fields=["to_on", "ended_at", "ended_by", "end_reason"])
    record(action="registry.appointment.taken_back", on=taken, by=by, at=at, from_on=taken.from_on)
    telling.ended(taken, by=by, at=at)
    return taken


@transaction.atomic
def announce_end(*, appointment: Appointment, by: Any, at: datetime) -> bool:
    """Tell her and the organization's administrators that the last day comes, once for each time it falls due.

    Returns whether anybody was told. Two workers at once: the second waits for the row and finds it told.
    """
    ending = _locked(appointment)
    due = telling_due(ending.to_on, timezone.localdate(at)) if ending.to_on else None
    if due is None or _has_successor(ending) or (ending.end_announced_for and ending.end_announced_for >= due):
        return False
    ending.end_announced_for = due
    ending.save(update_fields=["end_announced_for"])
    record(action="registry.appointment.end_announced", on=ending, by=by, at=at, to_on=ending.to_on)
    telling.ends_soon(ending, due=due, at=at)
    return True


def is_open(appointment: Appointment, at: datetime) -> bool:
    """Whether it holds now or will."""
    return appointment.to_on is None or appointment.to_on >= max(appointment.from_on, timezone.localdate(at))


def _locked(appointment: Appointment) -> Appointment:
    related = ("person", "organizer", "school_unit", "university")
    if appointment.role == Role.ADMINISTRATOR:
        # All who administer the place are held, so that two cannot leave it at once.
        list(at_place(place_of(appointment)).filter(role=Role.ADMINISTRATOR).order_by("pk").select_for_update())
    return Appointment.objects.select_for_update(of=("self",)).select_related(*related).get(pk=appointment.pk)


def _judge(appointment: Appointment, found: list[str]) -> None:
    try:
        judge(appointment)
    except AppointmentRefused as refused:
        found = found + list(refused.codes)
    if found:
        raise AppointmentRefused(found)


def _has_successor(appointment: Appointment) -> bool:
    return any(one.to_on is None or one.to_on >= one.from_on for one in appointment.replaced_by.all())


def _leaves_nobody(ending: Appointment, to_on: date, by: Any) -> bool:
    """Whether an administrator ends her own role with nobody to administer the organization after her."""
    if ending.role != Role.ADMINISTRATOR or not isinstance(by, Person) or by.pk != ending.person_id:
        return False
    others = at_place(place_of(ending)).filter(role=Role.ADMINISTRATOR, person__is_active=True).exclude(pk=ending.pk)
    day_after = to_on + timedelta(days=1)
    return not any(one.from_on <= day_after and (one.to_on is None or one.to_on >= day_after) for one in others)
