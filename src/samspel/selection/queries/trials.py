"""What a round would come to with the figures of today: for the draft's preview, and to refuse in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from samspel.selection.models import Round
from samspel.selection.queries.figures import subjects_of
from samspel.selection.rules import settings
from samspel.selection.rules.problems import Problem, Refused
from samspel.selection.rules.result import Result, resolve
from samspel.selection.rules.settings import RoundRules
from samspel.selection.rules.snapshot import Snapshot, freeze

# Stands for the commitment of a seed that is not made before the proposal.
_TO_COME = "0" * 64


@dataclass(frozen=True, slots=True)
class Trial:
    """The problems that stand in the way, and the result when there are none (or when only offers fall short)."""

    problems: tuple[Problem, ...]
    result: Result | None = None


def rules_document(round: Round) -> dict[str, Any]:
    """The whole rules of a round: what the form holds, and the exclusions from their own rows."""
    frame = round.rules.get("frame")
    exclusions = [
        {"organization_number": number, "kind": kind, "reason": reason}
        for number, kind, reason in round.exclusions.order_by("organizer__organization_number").values_list(
            "organizer__organization_number", "kind", "reason"
        )
    ]
    return {**round.rules, "frame": {**(frame if isinstance(frame, dict) else {}), "exclusions": exclusions}}


def problems_of_rules(round: Round) -> list[Problem]:
    """What is wrong with the rules themselves, without looking at figures."""
    return settings.problems_in(rules_document(round))


def gather(round: Round, at: datetime) -> Snapshot:
    """The snapshot of a round with the figures of now, checked. Raises Refused with every problem."""
    rules = settings.from_document(rules_document(round))
    return freeze(round.slug, rules, _subjects(round, rules, at), round.commitment)


def attempt(round: Round, at: datetime) -> Trial:
    """What the round would come to now, without a lot. Never raises on what stands in the rules or the figures."""
    try:
        rules = settings.from_document(rules_document(round))
        # Read back and checked just as by the freeze, so that nothing is proposed that could not be frozen then.
        commitment = round.commitment or (_TO_COME if rules.choice.mode == "pairs" else "")
        result = resolve(freeze(round.slug, rules, _subjects(round, rules, at), commitment))
    except Refused as refused:
        return Trial(refused.problems)
    return Trial(tuple(shortages(result)), result)


def shortages(result: Result) -> list[Problem]:
    """Whether a criterion that counts has no figure at all, or fewer are in the frame than the choice reaches."""
    rules, inside = result.snapshot.rules, len(result.frame.inside)
    found = [
        Problem("nobody_has_a_figure", f"criteria[{place}]", {"indicator": criterion.indicator})
        for place, criterion in enumerate(rules.criteria)
        if criterion.is_weighed and result.scored.transforms[criterion.key].count == 0
    ]
    if inside < rules.choice.further_limit:
        facts = {"inside": str(inside), "needed": str(rules.choice.further_limit)}
        found.append(Problem("too_few_subjects", "choice", facts))
    return found


def _subjects(round: Round, rules: RoundRules, at: datetime) -> list[Any]:
    types = {*round.edition.document.get("organizer_types", ()), *rules.frame.organizer_types}
    return subjects_of(rules, types=types, is_invented=round.is_invented, on=timezone.localdate(at))
