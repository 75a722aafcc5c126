"""Invite, remind, send anew and withdraw: by those who run the organization, in their own alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.links import absolute
from samspel.post.operations import notices
from samspel.registry import permissions
from samspel.registry.models import Invitation, InvitationState, Organizer, Role, SchoolUnit, University
from samspel.registry.operations.appointments.refusals import SENTENCES
from samspel.registry.operations.entrants import addressee_of, entrant
from samspel.registry.operations.invitations.tokens import digest_of, token_of
from samspel.registry.queries.holdings import place_of
from samspel.registry.rules import roles

GOOD_FOR: Final = timedelta(days=14)


class InvitationRefused(Refusal):
    """The invitation was not made or changed, and why."""

    code = "invitation_refused"


@transaction.atomic
def invite(
    *,
    role: str,
    name: str,
    email: str,
    by: Any,
    at: datetime,
    organizer: Organizer | None = None,
    university: University | None = None,
    school_unit: SchoolUnit | None = None,
    title: str = "",
) -> Invitation:
    """Ask somebody to take a role; a mail with her link leaves with the transaction.

    Raises PermissionDenied unless `by` invites to that organization and may give that role there, EntrantRefused for
    what is typed wrongly, InvitationRefused (already asked; a principal's unit).
    """
    made = Invitation(
        organizer=organizer,
        university=university,
        school_unit=school_unit,
        role=Role(role),
        invited_at=at,
        invited_by=by.key,
        **_typed(name, email, title),
    )
    _require(made, by, at)
    _judge(made, by, at)
    _give_token(made, at)
    made.save()
    record(action="registry.invitation.sent", on=made, by=by, at=at, role=made.role)
    _send(made, "invited", by, at)
    return made


@transaction.atomic
def remind(*, invitation: Invitation, by: Any, at: datetime) -> Invitation:
    """The same mail once more, with the same link. Raises InvitationRefused unless it is open and its time runs."""
    asked = _open(invitation, by, at)
    if asked.expires_at <= at:
        raise InvitationRefused(_("The invitation has expired. Send it anew instead."), code="expired")
    record(action="registry.invitation.reminded", on=asked, by=by, at=at)
    _send(asked, "invitation_reminder", by, at)
    return asked


@transaction.atomic
def renew(*, invitation: Invitation, by: Any, at: datetime) -> Invitation:
    """Two weeks from now with a new link; the old one is dead. Raises InvitationRefused unless it is open."""
    asked = _open(invitation, by, at)
    asked.invited_by = by.key
    asked.end_announced_at = asked.end_told_at = None
    _give_token(asked, at)
    asked.save(update_fields=["token_digest", "expires_at", "invited_by", "end_announced_at", "end_told_at"])
    record(action="registry.invitation.renewed", on=asked, by=by, at=at)
    _send(asked, "invited", by, at)
    return asked


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Any, at: datetime) -> Invitation:
    """The link works no more. Raises InvitationRefused unless it is open."""
    asked = _open(invitation, by, at)
    asked.state, asked.answered_at = InvitationState.WITHDRAWN, at
    asked.save(update_fields=["state", "answered_at"])
    record(action="registry.invitation.withdrawn", on=asked, by=by, at=at)
    return asked


def _typed(name: str, email: str, title: str) -> dict[str, str]:
    typed = entrant(name=name, email=email, title=title)
    return {key: typed[key] for key in ("name", "email", "title")}


def _require(invitation: Invitation, by: Any, at: datetime) -> None:
    place = place_of(invitation)
    permissions.TABLE.require(by, permissions.INVITE, at, place=place)
    permissions.require_may_give(by, invitation.role, place, at)


def _judge(made: Invitation, by: Any, at: datetime) -> None:
    unit = made.school_unit
    where = roles.ORGANIZER if made.organizer else roles.UNIVERSITY
    if made.email == getattr(by, "email", "") and roles.is_given_by_another(made.role, where):
        raise InvitationRefused(SENTENCES["to_herself"], code="to_herself")
    if (made.role == Role.PRINCIPAL) != (unit is not None):
        raise InvitationRefused(
            _("A principal is invited to a school unit, and nobody else is: choose which unit."), code="unit"
        )
    if unit is not None and unit.organizer_id != made.organizer_id:
        raise InvitationRefused(_("The school unit belongs to another organizer."), code="unit_of_another")
    same = Invitation.objects.filter(
        organizer=made.organizer,
        university=made.university,
        school_unit=unit,
        role=made.role,
        email=made.email,
        state=InvitationState.OPEN,
        expires_at__gt=at,
    )
    if same.exists():
        raise InvitationRefused(_("She has already been invited to that. Remind her instead."), code="invited_already")


def _open(invitation: Invitation, by: Any, at: datetime) -> Invitation:
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organizer", "university", "school_unit")
        .get(pk=invitation.pk)
    )
    _require(found, by, at)
    if found.state != InvitationState.OPEN:
        raise InvitationRefused(_("The invitation has already been answered or withdrawn."), code="not_open")
    return found


def _give_token(invitation: Invitation, at: datetime) -> None:
    invitation.expires_at = (at + GOOD_FOR).astimezone(UTC)
    invitation.token_digest = digest_of(token_of(invitation))


def _send(invitation: Invitation, word: str, by: Any, at: datetime) -> None:
    notices.send(
        template=f"registry/notices/{word}.html",
        to=addressee_of(invitation),
        context=told(invitation, inviter=by.shown_name),
        at=at,
        good_for=invitation.expires_at - at,
    )


def told(invitation: Invitation, *, inviter: str) -> dict[str, Any]:
    """What an invitation's mails tell."""
    place = invitation.school_unit or invitation.organizer or invitation.university
    return {
        "organization": str(place),
        "role": Role(invitation.role).label,
        "inviter": inviter,
        "expires_at": invitation.expires_at,
        "address": absolute("registry:invited", token_of(invitation)),
    }
