"""Answer a registered interest: ask for an authorization, draft the appointment, or put it aside with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.links import absolute
from samspel.post.operations import notices
from samspel.registry import permissions
from samspel.registry.models import AppointmentDraft, Interest, InterestState
from samspel.registry.operations import drafts
from samspel.registry.operations.entrants import addressee_of, reason_given


class InterestHandled(Refusal):
    """Somebody has answered it already."""

    code = "interest_handled"


@transaction.atomic
def ask_for_authorization(*, interest: Interest, by: Any, at: datetime) -> Interest:
    """She is asked for her organizer's authorization: then she administers it, and appoints the coordinator.

    Raises PermissionDenied unless `by` is an officer or administrator of the agency, InterestHandled.
    """
    answered = _locked(interest, by, at)
    _handle(answered, InterestState.ANSWERED, by, at, with_="authorization")
    address = absolute("registry:authorize_organizer", answered.organizer.organization_number)
    _tell(answered, "interest_answered", at, address=address)
    return answered


@transaction.atomic
def answer_with_draft(*, interest: Interest, from_on: date, by: Any, at: datetime) -> AppointmentDraft:
    """Her appointment is drafted for those who run the organizer to confirm. Raises as `ask_for_authorization`."""
    answered = _locked(interest, by, at)
    _handle(answered, InterestState.ANSWERED, by, at, with_="draft")
    made = drafts.draft(
        organizer=answered.organizer,
        name=answered.name,
        email=answered.email,
        phone=answered.phone,
        title=answered.title,
        from_on=from_on,
        origin=f"interest:{answered.key}",
        by=by,
        at=at,
    )
    _tell(answered, "interest_drafted", at)
    return made


@transaction.atomic
def put_aside(*, interest: Interest, reason: str, by: Any, at: datetime) -> Interest:
    """Nothing comes of it, and the sender is told why. Raises as `ask_for_authorization`, and ReasonMissing."""
    answered = _locked(interest, by, at)
    answered.reason = reason_given(reason)
    _handle(answered, InterestState.DECLINED, by, at, with_="reason")
    _tell(answered, "interest_put_aside", at, reason=answered.reason)
    return answered


def _locked(interest: Interest, by: Any, at: datetime) -> Interest:
    found = Interest.objects.select_for_update(of=("self",)).select_related("organizer").get(pk=interest.pk)
    permissions.TABLE.require(by, permissions.ANSWER_INTEREST, at)
    if found.state != InterestState.NEW:
        raise InterestHandled(_("Somebody else answered just before you. What came of it stands below."))
    return found


def _handle(answered: Interest, state: str, by: Any, at: datetime, *, with_: str) -> None:
    answered.state, answered.handled_at, answered.handled_by = state, at, by.key
    answered.save(update_fields=["state", "handled_at", "handled_by", "reason"])
    record(action=f"registry.interest.{state}", on=answered, by=by, at=at, answer=with_)


def _tell(answered: Interest, word: str, at: datetime, **facts: Any) -> None:
    notices.send(
        template=f"registry/notices/{word}.html",
        to=addressee_of(answered),
        context={"organization": str(answered.organizer), "at": answered.received_at, **facts},
        at=at,
        idempotency_key=f"registry.{word}.{answered.key}",
    )
