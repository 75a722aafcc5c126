"""The draw: run once, for a person, from the frozen bytes and the seed that was promised."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.kernel.audit import record
from samspel.registry.models import Organizer
from samspel.selection.models import DrawnPair, Round, RoundState
from samspel.selection.operations.locking import take
from samspel.selection.queries.results import seed_of, snapshot_of
from samspel.selection.rules import road
from samspel.selection.rules.canonical import canonical_bytes
from samspel.selection.rules.result import Result, resolve


@transaction.atomic
def run(*, round: Round, by: Any, at: datetime) -> Round:
    """Draw a frozen round, once. In a round of greatest need nothing is left to chance, and the ranking is settled.

    Raises PermissionDenied, or StepNotOpen in any other state.
    """
    round = take(road.DRAW, round, by=by, at=at)
    result = resolve(snapshot_of(round), seed_of(round))
    _keep_pairs(round, result)
    round.result, round.result_digest = canonical_bytes(result.document()), result.digest()
    round.state, round.drawn_by, round.drawn_at = RoundState.DRAWN, by, at
    round.save(update_fields=["result", "result_digest", "state", "drawn_by", "drawn_at"])
    record(
        action="selection.round.drawn",
        on=round,
        by=by,
        at=at,
        result_digest=round.result_digest,
        pairs=len(result.drawn),
        offers=len(result.offers()),
    )
    return round


def _keep_pairs(round: Round, result: Result) -> None:
    numbers = [number for drawn in result.drawn for number in drawn.pair.numbers]
    known = Organizer.objects.filter(organization_number__in=numbers)
    keys = dict(known.values_list("organization_number", "pk"))
    DrawnPair.objects.bulk_create(
        DrawnPair(
            round=round,
            order=drawn.order,
            is_further=drawn.pair.is_further,
            stratum="/".join(drawn.pair.stratum),
            drawn_id=keys[drawn.drawn.subject.organization_number],
            compared_id=keys[drawn.compared.subject.organization_number],
        )
        for drawn in result.drawn
    )
