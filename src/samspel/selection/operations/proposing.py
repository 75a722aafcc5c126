"""Four eyes: a round is proposed, returned to draft, or confirmed by another person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.kernel.audit import record
from samspel.schemes.operations import editions
from samspel.selection.models import DrawSeed, Round, RoundState
from samspel.selection.operations.filing import file_step
from samspel.selection.operations.locking import take
from samspel.selection.operations.refusals import refuse_if
from samspel.selection.queries.facts import facts_of, is_by_lot
from samspel.selection.queries.trials import attempt
from samspel.selection.rules import draw, road


@transaction.atomic
def propose(*, round: Round, by: Any, at: datetime) -> Round:
    """Propose a draft. The system makes the seed of its draw, keeps it from everybody and publishes its SHA-256.

    Raises PermissionDenied, or StepNotOpen with all that is wrong in rules and figures.
    """
    round = take(road.PROPOSE, round, by=by, at=at)
    found = attempt(round, at).problems
    refuse_if(road.obstacles(road.PROPOSE, facts_of(round, acting=by, at=at, problems=tuple(found))))
    editions.freeze(edition=round.edition, by=by, at=at)
    round.commitment = _promise(round)
    round.state, round.proposed_by, round.proposed_at = RoundState.PROPOSED, by, at
    round.save(update_fields=["state", "proposed_by", "proposed_at", "commitment"])
    record(action="selection.round.proposed", on=round, by=by, at=at, commitment=round.commitment)
    return round


@transaction.atomic
def return_to_draft(*, round: Round, reason: str, by: Any, at: datetime) -> Round:
    """Give a proposed or confirmed round back to its draft. Its seed is destroyed; the next proposal has a new one.

    Raises PermissionDenied, or StepNotOpen: wrong state, no reason.
    """
    round = take(road.RETURN, round, by=by, at=at, reason=reason)
    left, commitment = round.state, round.commitment
    DrawSeed.objects.filter(round=round).delete()
    round.state, round.commitment, round.returned_because = RoundState.DRAFT, "", reason.strip()
    round.proposed_by = round.proposed_at = round.confirmed_by = round.confirmed_at = None
    round.save(
        update_fields=[
            "state",
            "commitment",
            "returned_because",
            "proposed_by",
            "proposed_at",
            "confirmed_by",
            "confirmed_at",
        ]
    )
    record(action="selection.round.returned", on=round, by=by, at=at, left=left, commitment=commitment)
    return round


@transaction.atomic
def confirm(*, round: Round, by: Any, at: datetime) -> Round:
    """Confirm a proposed round. Somebody else proposed it, and somebody else last changed its rules.

    Raises PermissionDenied, or StepNotOpen with every reason.
    """
    round = take(road.CONFIRM, round, by=by, at=at)
    # What she confirms can be frozen today: figures may have been withdrawn since it was proposed.
    refuse_if(
        road.obstacles(road.CONFIRM, facts_of(round, acting=by, at=at, problems=tuple(attempt(round, at).problems)))
    )
    round.state, round.confirmed_by, round.confirmed_at = RoundState.CONFIRMED, by, at
    round.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    record(action="selection.round.confirmed", on=round, by=by, at=at, commitment=round.commitment)
    file_step(round=round, step=road.CONFIRM, at=at)
    return round


def _promise(round: Round) -> str:
    """A new seed for the round's draw, and what is published of it; nothing where nothing is drawn by lot."""
    if not is_by_lot(round):
        return ""
    seed = draw.new_seed()
    DrawSeed.objects.create(round=round, seed=seed)
    return draw.commitment(seed)
