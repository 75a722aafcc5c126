"""A round's road as its page shows it: the steps, what happens next, who does it, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samspel.kernel.ui.components import AHEAD, CURRENT, DONE, Badge, Step
from samspel.registry.models import Role
from samspel.selection import permissions
from samspel.selection.models import Round, RoundState
from samspel.selection.queries.facts import facts_of
from samspel.selection.queries.steps import WHAT_NEXT
from samspel.selection.queries.trials import attempt
from samspel.selection.queries.wording import sentences_of
from samspel.selection.rules import road

BADGES = {
    RoundState.DRAFT: "neutral",
    RoundState.PROPOSED: "info",
    RoundState.CONFIRMED: "info",
    RoundState.FROZEN: "info",
    RoundState.DRAWN: "warning",
    RoundState.ACCEPTED: "success",
    RoundState.VOIDED: "error",
}

BUTTONS: Mapping[str, Any] = {
    road.PROPOSE: gettext_lazy("Propose the round"),
    road.CONFIRM: gettext_lazy("Confirm the round"),
    road.FREEZE: gettext_lazy("Freeze the round"),
    road.DRAW: gettext_lazy("Run the selection"),
    road.ACCEPT: gettext_lazy("Accept the result"),
    road.PUBLISH: gettext_lazy("Publish the offers"),
    road.RETURN: gettext_lazy("Return to draft"),
    road.VOID: gettext_lazy("Void the round"),
}
# What stands in the address of a step's page.
WORDS: Mapping[str, str] = {
    road.PROPOSE: "foresla",
    road.RETURN: "aterta",
    road.CONFIRM: "bekrafta",
    road.FREEZE: "frys",
    road.DRAW: "dra",
    road.ACCEPT: "godkann",
    road.PUBLISH: "publicera",
    road.VOID: "upphav",
}
OFF_THE_ROAD = (road.RETURN, road.VOID)


@dataclass(frozen=True)
class Action:
    """Something this person may do now: its button, and the page that asks once more."""

    label: Any
    url: str
    is_main: bool = False


@dataclass(frozen=True)
class Next:
    """What happens next: the step, who does it, by when, and everything that stands in the way."""

    what: Any
    who: str
    by: date | None
    obstacles: tuple[Any, ...] = ()
    action: Action | None = None


def badge_of(round: Round) -> Badge:
    """The state as a word; published is a state of its own to the eye."""
    if round.published_at is not None:
        return Badge(_("Published"), "success")
    return Badge(RoundState(round.state).label, BADGES[RoundState(round.state)])


def who_may(step: str) -> str:
    """The roles whose step it is, in words."""
    roles = permissions.TABLE.deeds[step].roles
    first, *others = [str(role.label) for role in Role if role in roles]
    return _(" or ").join([first, *(label[:1].lower() + label[1:] for label in others)])


def next_of(round: Round, person: Any, at: datetime) -> Next | None:
    """What happens next with a round, seen by a person; None at the end of the road."""
    step = next(iter(road.next_steps(facts_of(round, acting=person, at=at))), None)
    if step is None:
        return None
    may = permissions.may(person, step, round, at)
    obstacles = obstacles_of(round, step, person, at) if may else []
    return Next(
        what=WHAT_NEXT[step],
        who=who_may(step),
        by=round.publish_by,
        obstacles=tuple(obstacles),
        action=Action(BUTTONS[step], url_of(round, step), True) if may and not obstacles else None,
    )


def obstacles_of(round: Round, step: str, person: Any, at: datetime) -> list[Any]:
    """Everything that keeps a person from a step now, as sentences. Where a step needs figures they are tried."""
    tried = attempt(round, at).problems if step in (road.PROPOSE, road.CONFIRM, road.FREEZE) else ()
    found = road.obstacles(step, facts_of(round, acting=person, at=at, problems=tuple(tried)))
    return sentences_of(found)


def side_actions(round: Round, person: Any, at: datetime) -> list[Action]:
    """The steps off the road that this person may take now: back to draft, void."""
    return [
        Action(BUTTONS[step], url_of(round, step)) for step in OFF_THE_ROAD if permissions.may(person, step, round, at)
    ]


def url_of(round: Round, step: str) -> str:
    """The page of a step."""
    return reverse("selection:step", args=[round.slug, WORDS[step]])


def steps_of(round: Round, names_people: bool) -> list[Step]:
    """The whole road, with who took each step and when; people are named for those who may know."""
    taken = [
        (_("Draft"), round.made_at, round.made_by, road.DRAFT),
        (_("Proposed"), round.proposed_at, round.proposed_by, road.PROPOSE),
        (_("Confirmed by another person"), round.confirmed_at, round.confirmed_by, road.CONFIRM),
        (_("Frozen"), round.frozen_at, round.frozen_by, road.FREEZE),
        (pgettext("state of a round", "Drawn"), round.drawn_at, round.drawn_by, road.DRAW),
        (pgettext("state of a round", "Accepted"), round.accepted_at, round.accepted_by, road.ACCEPT),
        (_("Published"), round.published_at, round.published_by, road.PUBLISH),
    ]
    steps, is_current = [], round.state != RoundState.VOIDED
    for label, moment, person, step in taken:
        if moment is not None:
            who = str(person) if names_people and person is not None else ""
            steps.append(Step(label, DONE, who, timezone.localdate(moment)))
        elif round.state == RoundState.VOIDED:
            continue
        else:
            steps.append(Step(label, CURRENT if is_current else AHEAD, who_may(step), round.publish_by))
            is_current = False
    if round.voided_at is not None:
        who = str(round.voided_by) if names_people else ""
        steps.append(Step(_("Voided"), DONE, who, timezone.localdate(round.voided_at), round.voided_because))
    return steps
