"""A drawn round is accepted and published, or a round is voided: in public, with a reason, and kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.kernel.audit import record
from samspel.registry.models import Organizer
from samspel.selection.models import DrawSeed, Offer, OfferKind, Round, RoundState
from samspel.selection.operations.filing import file_step
from samspel.selection.operations.locking import take
from samspel.selection.queries.results import result_of
from samspel.selection.rules import road


@transaction.atomic
def accept(*, round: Round, by: Any, at: datetime) -> Round:
    """Accept what was drawn: the offers are made, in the order of the draw or of the need.

    Raises PermissionDenied, or StepNotOpen in any other state.
    """
    round = take(road.ACCEPT, round, by=by, at=at)
    numbers = [ranked.subject.organization_number for ranked in result_of(round).offers()]
    known = Organizer.objects.filter(organization_number__in=numbers)
    keys = dict(known.values_list("organization_number", "pk"))
    Offer.objects.bulk_create(
        Offer(round=round, organizer_id=keys[number], kind=OfferKind.SELECTED, order=order, made_at=at)
        for order, number in enumerate(numbers, start=1)
    )
    round.state, round.accepted_by, round.accepted_at = RoundState.ACCEPTED, by, at
    round.save(update_fields=["state", "accepted_by", "accepted_at"])
    record(action="selection.round.accepted", on=round, by=by, at=at, offers=len(numbers))
    file_step(round=round, step=road.ACCEPT, at=at)
    return round


@transaction.atomic
def publish(*, round: Round, by: Any, at: datetime) -> Round:
    """Publish an accepted round: from now on everybody sees who was offered.

    Raises PermissionDenied, or StepNotOpen: wrong state, published already.
    """
    round = take(road.PUBLISH, round, by=by, at=at)
    round.published_by, round.published_at = by, at
    round.save(update_fields=["published_by", "published_at"])
    record(action="selection.round.published", on=round, by=by, at=at, offers=round.offers.count())
    file_step(round=round, step=road.PUBLISH, at=at)
    return round


@transaction.atomic
def void(*, round: Round, reason: str, by: Any, at: datetime) -> Round:
    """Void a round instead of accepting it. The reason is public, and all that was done is kept.

    Only a seed that nobody could read yet is destroyed: nothing was drawn with it, and nothing ever will be.
    Raises PermissionDenied, or StepNotOpen: wrong state, no reason.
    """
    round = take(road.VOID, round, by=by, at=at, reason=reason)
    left = round.state
    if round.frozen_at is None:
        DrawSeed.objects.filter(round=round).delete()
    round.state, round.voided_by, round.voided_at, round.voided_because = RoundState.VOIDED, by, at, reason.strip()
    round.save(update_fields=["state", "voided_by", "voided_at", "voided_because"])
    record(action="selection.round.voided", on=round, by=by, at=at, left=left)
    file_step(round=round, step=road.VOID, at=at)
    return round
