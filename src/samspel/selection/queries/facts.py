"""What the road asks of a round, gathered from its row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from samspel.selection.models import Round
from samspel.selection.rules import road


def facts_of(round: Round, *, acting: Any, at: datetime, **given: Any) -> road.Facts:
    """The facts of a round for a person, at a moment; `given` adds what the row does not hold."""
    return road.Facts(
        state=round.state,
        is_exercise=round.is_exercise,
        is_published=round.published_at is not None,
        acting=acting.pk,
        proposed_by=round.proposed_by_id,
        changed_by=round.rules_changed_by_id,
        evaluation_is_over=round.evaluation_closes_on <= timezone.localdate(at),
        is_by_lot=is_by_lot(round),
        **given,
    )


def is_by_lot(round: Round) -> bool:
    """Whether the round forms pairs and draws one of each; safe for rules that are not whole yet."""
    choice = round.rules.get("choice")
    return isinstance(choice, dict) and choice.get("mode") == "pairs"
