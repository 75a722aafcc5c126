"""What one leaves to who comes after: what is open, what was done, whom to talk to; apps above add their own parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.queries import ToDo, todo_from
from samspel.kernel.audit import HistoryRow, history_of
from samspel.kernel.audit.models import AuditEntry
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.permissions import Holding
from samspel.kernel.ui.dates import day_text
from samspel.registry.models import Appointment, AppointmentDraft, DraftState, Invitation, InvitationState, Role
from samspel.registry.queries.holdings import at_place, place_of

# So long after her last day the one who left can look at the page, to answer her successor.
OPEN_AFTER: Final = timedelta(days=30)
MOST_HISTORY: Final = 200


@dataclass(frozen=True)
class HandoverPart:
    """A part of the page: a heading, rows as those of Att göra, and where they are kept (empty: nowhere of its own)."""

    title: Any
    rows: Iterable[ToDo] = field(default=())
    address: str = ""


PartProvider = Callable[[Appointment, datetime], HandoverPart | None]

handover_parts: HandedDown[PartProvider] = HandedDown()
"""What apps above keep for an appointment: open questions, agreements, documents. None: nothing."""


def still_open(appointment: Appointment, at: datetime) -> list[ToDo]:
    """What waits for the one who leaves because of this appointment, and nothing of her other tasks."""
    return todo_from(appointment.person, at, [Holding(appointment.role, place_of(appointment))])


def parts_of(appointment: Appointment, at: datetime) -> list[HandoverPart]:
    """What apps have to hand over, in order; those without anything are left out."""
    return [part for provider in handover_parts if (part := provider(appointment, at)) is not None]


def done_by(appointment: Appointment) -> list[HistoryRow]:
    """What she did there and what was done with the appointment itself, newest first, in one query."""
    there = at_place(place_of(appointment)).annotate(text=Cast("pk", CharField())).values("text")
    about = AuditEntry.objects.filter(subject_type=Appointment._meta.label_lower)
    own = about.filter(subject_key=str(appointment.pk))
    hers = about.filter(subject_key__in=there, by_key=appointment.person.key)
    if appointment.organizer:
        label = appointment.organizer._meta.label_lower
        key = str(appointment.organizer_id)
        hers |= AuditEntry.objects.filter(subject_type=label, subject_key=key, by_key=appointment.person.key)
    entries = (own | hers).order_by("-at", "-id")[:MOST_HISTORY]
    return history_of(appointment, entries=list(entries)[::-1])


def unanswered(appointment: Appointment, at: datetime) -> HandoverPart | None:
    """Invitations she sent there that nobody has answered, and drafts that wait to be confirmed. Two queries."""
    rows = [*_invitations(appointment, at), *_drafts(appointment)]
    return HandoverPart(_("Unanswered invitations and drafts"), rows) if rows else None


def _invitations(appointment: Appointment, at: datetime) -> Iterator[ToDo]:
    sent = Invitation.objects.filter(
        organizer=appointment.organizer,
        university=appointment.university,
        invited_by=appointment.person.key,
        state=InvitationState.OPEN,
        expires_at__gt=at,
    )
    for one in sent:
        title = _("Invitation to %(name)s") % {"name": one.name}
        yield ToDo(title, "", Role(one.role).label, timezone.localdate(one.expires_at))


def _drafts(appointment: Appointment) -> Iterator[ToDo]:
    if appointment.organizer_id is None:
        return
    waiting = AppointmentDraft.objects.filter(organizer=appointment.organizer_id, state=DraftState.WAITING)
    for one in waiting:
        title = _("Draft: %(name)s from %(day)s") % {"name": one.name, "day": day_text(one.from_on)}
        yield ToDo(title, "", Role(one.role).label)
