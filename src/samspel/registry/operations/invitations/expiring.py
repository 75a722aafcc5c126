"""Tell of invitations whose time runs out: the invited before, whoever invited her after. Each once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from samspel.accounts.models import Person
from samspel.accounts.queries import addressee
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.ui.links import absolute
from samspel.post.operations import notices
from samspel.registry.models import Invitation, InvitationState
from samspel.registry.operations.entrants import addressee_of
from samspel.registry.operations.invitations.inviting import told
from samspel.registry.operations.invitations.tokens import digest_of, token_of

BEFORE: Final = timedelta(days=3)
AT_A_TIME: Final = 500


@transaction.atomic
def announce(*, at: datetime) -> int:
    """Tell those concerned, at most AT_A_TIME of each; another worker's rows are left alone. Returns how many."""
    rows = Invitation.objects.filter(state=InvitationState.OPEN).select_related(
        "organizer", "university", "school_unit"
    )
    rows = rows.select_for_update(of=("self",), skip_locked=True)
    ending = rows.filter(expires_at__gt=at, expires_at__lte=at + BEFORE, end_announced_at__isnull=True)
    over = rows.filter(expires_at__lte=at, end_told_at__isnull=True)
    soon, expired = list(ending[:AT_A_TIME]), list(over[:AT_A_TIME])
    inviters = {one.key: one for one in Person.objects.filter(key__in={row.invited_by for row in soon + expired})}
    for invitation in soon:
        _tell_invited(invitation, inviters.get(invitation.invited_by), at)
    for invitation in expired:
        _tell_inviter(invitation, inviters.get(invitation.invited_by), at)
    return len(soon) + len(expired)


def _tell_invited(invitation: Invitation, inviter: Person | None, at: datetime) -> None:
    # The program's secret may have been changed since: the link in this mail is the one that counts.
    invitation.token_digest = digest_of(token_of(invitation))
    invitation.end_announced_at = at
    invitation.save(update_fields=["token_digest", "end_announced_at"])
    record(action="registry.invitation.end_announced", on=invitation, by=SYSTEM, at=at)
    notices.send(
        template="registry/notices/invitation_reminder.html",
        to=addressee_of(invitation),
        context=told(invitation, inviter=inviter.shown_name if inviter else ""),
        at=at,
        good_for=invitation.expires_at - at,
    )


def _tell_inviter(invitation: Invitation, inviter: Person | None, at: datetime) -> None:
    invitation.end_told_at = at
    invitation.save(update_fields=["end_told_at"])
    record(action="registry.invitation.expired", on=invitation, by=SYSTEM, at=at)
    if inviter is None or not inviter.is_active:
        return
    notices.send(
        template="registry/notices/invitation_expired.html",
        to=addressee(inviter),
        context=told(invitation, inviter="")
        | {"name": invitation.name, "address": absolute("registry:invitations"), "at": invitation.expires_at},
        at=at,
    )
