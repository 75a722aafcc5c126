"""What the registry's ways in tell of a person goes when her own row is emptied; what was done stays as it was."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from samspel.accounts.models import Person
from samspel.registry.models import AppointmentDraft, Authorization, DraftState, Interest, Invitation, StandIn
from samspel.registry.models.entry import InvitationState


def empty(person: Person, *, at: datetime) -> None:
    """Name, address, telephone, title and words go from authorizations, invitations, interests and drafts about her.

    An authorization's paper is a document of a case file, kept or destroyed as the archive rules say.
    """
    hers = Q(email__iexact=person.email) | Q(appointment__person=person)
    contact = {"name": "", "email": "", "title": ""}
    Authorization.objects.filter(hers).update(**contact, phone="", reason="")
    open_still = Invitation.objects.filter(hers, state=InvitationState.OPEN)
    open_still.update(state=InvitationState.WITHDRAWN, answered_at=at)
    Invitation.objects.filter(hers).update(**contact)
    Interest.objects.filter(email__iexact=person.email).update(**contact, phone="", words="")
    AppointmentDraft.objects.filter(hers, state=DraftState.WAITING).update(state=DraftState.DECLINED, judged_at=at)
    AppointmentDraft.objects.filter(hers).update(**contact, phone="")
    person.appointments.update(mandate="", end_reason="")
    StandIn.objects.filter(deputy=person, ended_at__isnull=True, to_on__gte=at.date()).update(ended_at=at)
