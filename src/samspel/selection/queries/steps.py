"""Which step of a round comes next, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from samspel.selection import permissions
from samspel.selection.models import Round
from samspel.selection.queries.facts import facts_of
from samspel.selection.rules import road

WHAT_NEXT: Mapping[str, Any] = {
    road.PROPOSE: gettext_lazy("The round is proposed"),
    road.CONFIRM: gettext_lazy("Another person confirms the round"),
    road.FREEZE: gettext_lazy("Rules and figures are frozen, and the digest is published"),
    road.DRAW: gettext_lazy("The selection is run, once"),
    road.ACCEPT: gettext_lazy("The result is accepted, or the round is voided"),
    road.PUBLISH: gettext_lazy("The offers are published"),
}


def next_step_for(round: Round, person: Any, at: datetime) -> tuple[str | None, bool]:
    """The next step of a round, and whether it is this person's to take (four eyes counted, figures not tried)."""
    facts = facts_of(round, acting=person, at=at)
    step = next(iter(road.next_steps(facts)), None)
    if step is None:
        return None, False
    return step, permissions.may(person, step, round, at) and not road.obstacles(step, facts)
