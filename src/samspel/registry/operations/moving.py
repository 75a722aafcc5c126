"""A duplicate's appointments and stand-ins become those of the person she turned out to be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from samspel.accounts.models import Person
from samspel.kernel.audit import record
from samspel.registry.models import Appointment, AppointmentDraft, Authorization, Invitation, StandIn


def move(keep: Person, gone: Person, *, by: Any, at: datetime) -> None:
    """Part of a merge, with both people locked. The same task held twice at once becomes one, first to last day."""
    Appointment.objects.filter(manager=gone).update(manager=keep)
    for moved in Appointment.objects.select_for_update().filter(person=gone).order_by("pk"):
        _move(moved, keep, by, at)
    StandIn.objects.filter(deputy=gone).update(deputy=keep)
    # Nobody stands in for herself: what was set between the two is over.
    StandIn.objects.filter(deputy=keep, appointment__person=keep, ended_at__isnull=True).update(ended_at=at)


def _move(moved: Appointment, keep: Person, by: Any, at: datetime) -> None:
    alike = _overlapping(moved, keep)
    moved.person = keep
    moved.save(update_fields=["person"])
    record(action="registry.appointment.moved", on=moved, by=by, at=at, person=keep.key)
    for other in alike:
        _join(other, moved, by, at)


def _overlapping(moved: Appointment, keep: Person) -> list[Appointment]:
    """Her appointments to the same task in the same place that share a day with this one."""
    if moved.to_on is not None and moved.to_on < moved.from_on:
        # Taken back before it began: it shares a day with nothing.
        return []
    same = {name: getattr(moved, name) for name in ("role", "organizer_id", "school_unit_id", "university_id")}
    begun = Q(from_on__lte=moved.to_on) if moved.to_on else Q()
    not_over = Q(to_on__isnull=True) | Q(to_on__gte=moved.from_on)
    rows = Appointment.objects.select_for_update().filter(begun & not_over, person=keep, **same)
    return list(rows.exclude(to_on__lt=F("from_on")).order_by("pk"))


def _join(over: Appointment, into: Appointment, by: Any, at: datetime) -> None:
    """`over` goes into `into`: both their days, what either tells, and all that pointed to it. The audit keeps both."""
    into.from_on = min(over.from_on, into.from_on)
    into.to_on = None if over.to_on is None or into.to_on is None else max(over.to_on, into.to_on)
    for name in (
        "title",
        "share_percent",
        "mandate",
        "manager_id",
        "in_management_group",
        "appointed_at",
        "appointed_by",
    ):
        if getattr(into, name) in (None, ""):
            setattr(into, name, getattr(over, name))
    into.replaces_id = into.replaces_id or over.replaces_id
    if into.replaces_id in (into.pk, over.pk):
        into.replaces_id = None
    if into.to_on is None:
        into.ended_at, into.ended_by, into.end_reason, into.end_announced_for = None, None, "", None
    into.save()
    _point_to(into, over)
    days = {"from_on": over.from_on, "to_on": over.to_on}
    record(action="registry.appointment.joined", on=into, by=by, at=at, over=over.pk, role=into.role, **days)
    over.delete()


def _point_to(into: Appointment, over: Appointment) -> None:
    StandIn.objects.filter(appointment=over).update(appointment=into)
    Appointment.objects.filter(replaces=over).exclude(pk=into.pk).update(replaces=into)
    for model in (Authorization, Invitation, AppointmentDraft):
        model.objects.filter(appointment=over).update(appointment=into)
    AppointmentDraft.objects.filter(replaces=over).update(replaces=into)
