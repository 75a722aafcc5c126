"""Answer an invitation: whoever has the link says yes, once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.accounts.operations import add_person
from samspel.accounts.queries import addressee
from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.links import absolute
from samspel.post.operations import notices
from samspel.registry import permissions
from samspel.registry.models import Invitation, InvitationState, Role
from samspel.registry.operations.appointments import enter
from samspel.registry.operations.invitations.tokens import digest_of
from samspel.registry.queries.holdings import place_of

log = structlog.get_logger(__name__)

_CLOSED = {
    "unknown": _("This link leads to no invitation. Check that you took the whole of it, or ask for a new one."),
    "used": _("This invitation has already been accepted. Log in with your mail address instead."),
    "withdrawn": _("This invitation has been withdrawn. Turn to whoever invited you."),
    "expired": _("This invitation has expired. Ask whoever invited you to send it anew."),
    "inviter_gone": _("Whoever invited you may no longer do so. Turn to your organization's administrator."),
}


class InvitationClosed(Refusal):
    """The link does not open anything: `code` is unknown, used, withdrawn, expired or inviter_gone."""

    def __init__(self, code: str) -> None:
        super().__init__(_CLOSED[code], code=code)


class WrongPerson(Refusal):
    """Somebody is logged in with another address than the invited one."""

    code = "wrong_person"

    def __init__(self) -> None:
        super().__init__(_("You are logged in with another address than the one that was invited. Log out first."))


def opened(token: str, at: datetime, *, for_update: bool = False) -> Invitation:
    """The invitation of a link that still works. Raises InvitationClosed; the log gets the reason, never the link."""
    rows = Invitation.objects.select_related("organizer", "university", "school_unit")
    rows = rows.select_for_update(of=("self",)) if for_update else rows
    found = rows.filter(token_digest=digest_of(token)).first()
    if code := _closed(found, at):
        log.warning("registry.invitation.not_open", reason=code, invitation=str(found.key) if found else None)
        raise InvitationClosed(code)
    assert found is not None
    return found


def _closed(invitation: Invitation | None, at: datetime) -> str:
    if invitation is None:
        return "unknown"
    if invitation.state != InvitationState.OPEN:
        return "used" if invitation.state == InvitationState.ACCEPTED else "withdrawn"
    return "expired" if invitation.expires_at <= at else ""


@transaction.atomic
def accept(*, token: str, by: Any, at: datetime) -> Invitation:
    """She gets her role from today on, in the name of her who invited; then she logs in by a code.

    by: who is logged in, or SYSTEM for somebody who is not: it is the link that lets her in. Somebody with that very
    address is the one who gets the role, else a person is added. Raises InvitationClosed, WrongPerson,
    AppointmentRefused (she holds the role already).
    """
    asked = opened(token, at, for_update=True)
    if isinstance(by, Person) and by.email != asked.email:
        raise WrongPerson
    inviter = Person.objects.filter(key=asked.invited_by, is_active=True).first()
    if inviter is None or not permissions.may_give(inviter, asked.role, place_of(asked), at):
        raise InvitationClosed("inviter_gone")
    person = add_person(email=asked.email, name=asked.name, by=inviter, at=at)
    asked.appointment = enter(
        person=person,
        role=asked.role,
        organizer=asked.organizer,
        university=asked.university,
        school_unit=asked.school_unit,
        title=asked.title,
        from_on=timezone.localdate(at),
        by=inviter,
        at=at,
        is_told=False,
    )
    asked.state, asked.answered_at = InvitationState.ACCEPTED, at
    asked.save(update_fields=["state", "answered_at", "appointment"])
    record(
        action="registry.invitation.accepted",
        on=asked,
        by=person,
        at=at,
        role=asked.role,
        appointment=asked.appointment.pk,
    )
    _tell(asked, inviter, at)
    return asked


def _tell(asked: Invitation, inviter: Person, at: datetime) -> None:
    place = asked.school_unit or asked.organizer or asked.university
    notices.send(
        template="registry/notices/invitation_accepted.html",
        to=addressee(inviter),
        context={
            "name": asked.name,
            "organization": str(place),
            "role": Role(asked.role).label,
            "at": at,
            "address": absolute("registry:invitations"),
        },
        at=at,
        idempotency_key=f"registry.invitation_accepted.{asked.key}",
    )
