"""The first lines of every operation on a round: lock it, ask whether this person may, ask whether the step is open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samspel.selection import permissions
from samspel.selection.models import Round
from samspel.selection.operations.refusals import refuse_if
from samspel.selection.queries.facts import facts_of
from samspel.selection.rules import road


def take(step: str, round: Round, *, by: Any, at: datetime, **given: Any) -> Round:
    """The round, locked, for a step that `by` may take and that is open.

    Raises PermissionDenied (LevelTooLow if only the login falls short), or StepNotOpen with every reason. `given`
    completes the facts (a reason, problems found).
    """
    locked = Round.objects.select_for_update(of=("self",)).select_related("edition").get(pk=round.pk)
    permissions.TABLE.require_in_some_state(by, step, at)
    refuse_if(road.obstacles(step, facts_of(locked, acting=by, at=at, **given)))
    permissions.require(permissions.may(by, step, locked, at))
    return locked
