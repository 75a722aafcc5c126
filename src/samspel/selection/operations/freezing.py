"""The freeze: rules and figures become one document that never changes, with a digest for everybody to see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.kernel.audit import record
from samspel.registry.models import Organizer
from samspel.registry.operations import imports
from samspel.selection.models import RankedSubject, Round, RoundState
from samspel.selection.operations.locking import take
from samspel.selection.operations.refusals import refuse_if
from samspel.selection.queries.facts import facts_of
from samspel.selection.queries.trials import gather, shortages
from samspel.selection.rules import road
from samspel.selection.rules.numbers import nano_text
from samspel.selection.rules.problems import Problem, Refused
from samspel.selection.rules.result import Result, resolve
from samspel.selection.rules.scoring import Ranked

BATCH = 5_000


@transaction.atomic
def freeze(*, round: Round, by: Any, at: datetime) -> Round:
    """Freeze a confirmed round: read the figures, keep them with the rules, rank, and publish the digest.

    Raises PermissionDenied, or StepNotOpen with every reason (also of figures that have gone since it was proposed).
    """
    round = take(road.FREEZE, round, by=by, at=at)
    # The figures are read in several questions: all of them see the registry as it stands between two imports.
    imports.hold_off()
    result, problems = _resolved(round, at)
    refuse_if(road.obstacles(road.FREEZE, facts_of(round, acting=by, at=at, problems=tuple(problems))))
    if result is None:
        raise AssertionError("a round without problems has a result")
    round.snapshot = result.snapshot.canonical_bytes()
    round.digest = result.snapshot.digest()
    round.state, round.frozen_by, round.frozen_at = RoundState.FROZEN, by, at
    _keep_ranking(round, result)
    round.save(update_fields=["snapshot", "digest", "state", "frozen_by", "frozen_at"])
    record(action="selection.round.frozen", on=round, by=by, at=at, digest=round.digest, ranked=len(result.scored))
    return round


def _resolved(round: Round, at: datetime) -> tuple[Result | None, list[Problem]]:
    try:
        result = resolve(gather(round, at))
    except Refused as refused:
        return None, list(refused.problems)
    return result, shortages(result)


def _keep_ranking(round: Round, result: Result) -> None:
    numbers = [subject.organization_number for subject in result.frame.inside]
    known = Organizer.objects.filter(organization_number__in=numbers)
    keys = dict(known.values_list("organization_number", "pk"))
    rows = (_row(round, ranked, keys[ranked.subject.organization_number]) for ranked in result.scored.ranking())
    RankedSubject.objects.bulk_create(rows, batch_size=BATCH)


def _row(round: Round, ranked: Ranked, organizer: int) -> RankedSubject:
    return RankedSubject(
        round=round,
        organizer_id=organizer,
        rank=ranked.rank,
        stratum="/".join(ranked.stratum),
        score_nano=ranked.score,
        parts={key: nano_text(part) for key, part in ranked.parts.items()},
    )
