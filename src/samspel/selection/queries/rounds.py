"""Which rounds a person sees in the workspace, and which everybody sees."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from samspel.selection import permissions
from samspel.selection.models import Round, RoundState

# Large, and read only where a result is asked for.
HEAVY = ("snapshot", "result")


def visible_to(person: Any, at: datetime) -> QuerySet[Round]:
    """The rounds a person may open in the workspace; drafts only for those who prepare and decide."""
    rounds = _with_edition(Round.objects.all())
    if permissions.may_see_drafts(person, at):
        return rounds
    return public_among(rounds) if permissions.may_see_rounds(person, at) else rounds.none()


def public_rounds() -> QuerySet[Round]:
    """Every round that the public knows of: from its proposal, when its commitment is published."""
    return public_among(_with_edition(Round.objects.all()))


def public_among(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Those of some rounds that are public."""
    return rounds.exclude(state=RoundState.DRAFT)


def with_people(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """With everybody who took a step, for those who may know."""
    steps = ("made", "rules_changed", "proposed", "confirmed", "frozen", "drawn", "accepted", "published", "voided")
    return rounds.select_related(*(f"{step}_by" for step in steps))


def _with_edition(rounds: QuerySet[Round]) -> QuerySet[Round]:
    return rounds.select_related("edition__scheme").defer(*HEAVY)


def on_the_road(person: Any, at: datetime) -> QuerySet[Round]:
    """The rounds a person may open that have not reached an end: neither published nor voided."""
    return unfinished(visible_to(person, at)).order_by("publish_by", "made_at")


def unfinished(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Those of some rounds that are neither published nor voided."""
    return rounds.filter(published_at__isnull=True).exclude(state=RoundState.VOIDED).defer(*HEAVY)
