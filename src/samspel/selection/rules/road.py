"""The road of a round, and every reason why a step is not open. Pure: no Django here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from samspel.selection.rules.problems import Problem

DRAFT, PROPOSED, CONFIRMED, FROZEN = "draft", "proposed", "confirmed", "frozen"
DRAWN, ACCEPTED, VOIDED = "drawn", "accepted", "voided"
ROAD = (DRAFT, PROPOSED, CONFIRMED, FROZEN, DRAWN, ACCEPTED)

CHANGE, PROPOSE, RETURN, CONFIRM, FREEZE = "change", "propose", "return", "confirm", "freeze"
DRAW, ACCEPT, PUBLISH, VOID = "draw", "accept", "publish", "void"
RECORD_RESPONSE, OFFER_NEXT, END_SUPPORT = "record_response", "offer_next", "end_support"

# In which states each step can be taken at all.
OPEN_IN: Mapping[str, tuple[str, ...]] = {
    CHANGE: (DRAFT,),
    PROPOSE: (DRAFT,),
    RETURN: (PROPOSED, CONFIRMED),
    CONFIRM: (PROPOSED,),
    FREEZE: (CONFIRMED,),
    DRAW: (FROZEN,),
    ACCEPT: (DRAWN,),
    PUBLISH: (ACCEPTED,),
    VOID: (PROPOSED, CONFIRMED, FROZEN, DRAWN),
    RECORD_RESPONSE: (ACCEPTED,),
    OFFER_NEXT: (ACCEPTED,),
    END_SUPPORT: (ACCEPTED,),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the road asks of a round.

    People are numbers, None for nobody. `problems` are those of the rules and, where they were tried on figures, of
    the figures. `reason` is what was given as one, where the step needs one.
    """

    state: str
    is_exercise: bool = False
    is_published: bool = False
    problems: tuple[Problem, ...] = ()
    acting: int | None = None
    proposed_by: int | None = None
    changed_by: int | None = None
    evaluation_is_over: bool = False
    has_offers_left: bool = True
    offers_declined: int = 0
    is_by_lot: bool = True
    reason: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def obstacles(step: str, facts: Facts) -> list[Problem]:
    """Everything that keeps a round from a step, in a fixed order; empty when it can be taken."""
    found = [] if facts.state in OPEN_IN[step] else [Problem("step_not_here", "", {"state": facts.state, "step": step})]
    if found:
        return found
    return [problem for requirement in _REQUIREMENTS.get(step, ()) for problem in requirement(facts)]


def next_steps(facts: Facts) -> list[str]:
    """The steps that lead onwards from where a round stands, in order; none at an end."""
    onwards = {DRAFT: [PROPOSE], PROPOSED: [CONFIRM], CONFIRMED: [FREEZE], FROZEN: [DRAW], DRAWN: [ACCEPT]}
    if facts.state == ACCEPTED:
        return [] if facts.is_published else [PUBLISH]
    return onwards.get(facts.state, [])


def _rules_and_figures(facts: Facts) -> list[Problem]:
    return list(facts.problems)


def _open_evaluation(facts: Facts) -> list[Problem]:
    return [Problem("evaluation_is_over", "evaluation_closes_on")] if facts.evaluation_is_over else []


def _another_person(facts: Facts) -> list[Problem]:
    found = []
    if facts.acting is not None and facts.acting == facts.proposed_by:
        found.append(Problem("proposed_by_yourself", ""))
    if facts.acting is not None and facts.acting == facts.changed_by:
        found.append(Problem("rules_changed_by_yourself", ""))
    return found


def _a_reason(facts: Facts) -> list[Problem]:
    return [] if facts.reason is None or facts.reason.strip() else [Problem("reason_is_missing", "reason")]


def _published(facts: Facts) -> list[Problem]:
    return [] if facts.is_published else [Problem("not_published", "")]


def _not_an_exercise(facts: Facts) -> list[Problem]:
    return [Problem("exercise_gives_nothing", "")] if facts.is_exercise else []


def _not_published_yet(facts: Facts) -> list[Problem]:
    return [Problem("published_already", "")] if facts.is_published else []


def _somebody_left(facts: Facts) -> list[Problem]:
    return [] if facts.has_offers_left else [Problem("nobody_is_left", "")]


def _a_place_left(facts: Facts) -> list[Problem]:
    # The reserve list fills the place of one who said no; the further pairs of a pair round are extra offers.
    return [Problem("no_place_is_free", "")] if not facts.is_by_lot and facts.offers_declined < 1 else []


_REQUIREMENTS: Mapping[str, tuple[Callable[[Facts], list[Problem]], ...]] = {
    PROPOSE: (_rules_and_figures, _open_evaluation),
    RETURN: (_a_reason,),
    CONFIRM: (_another_person, _rules_and_figures),
    FREEZE: (_rules_and_figures,),
    PUBLISH: (_not_published_yet,),
    VOID: (_a_reason,),
    RECORD_RESPONSE: (_not_an_exercise, _published),
    OFFER_NEXT: (_not_an_exercise, _published, _somebody_left, _a_place_left),
    END_SUPPORT: (_not_an_exercise, _published),
}
