"""Rounds as the public meets them: what happens next, and how the choice can be checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samspel.kernel.ui.components import AHEAD, CURRENT, DONE, Badge, Step
from samspel.selection.models import RoundState
from samspel.selection.queries.public import PublicRound, day_of, public_rounds

_BADGES = {RoundState.ACCEPTED: "success", RoundState.VOIDED: "error"}

# State to (what happens next, who does it).
_NEXT = {
    RoundState.PROPOSED: (
        gettext_lazy("Another person than the one who proposed the round confirms it"),
        gettext_lazy("A second officer"),
    ),
    RoundState.CONFIRMED: (gettext_lazy("Figures and rules are frozen"), gettext_lazy("An officer")),
    RoundState.FROZEN: (gettext_lazy("The selection is run, once"), gettext_lazy("An officer")),
    RoundState.DRAWN: (
        gettext_lazy("The result is accepted, or the round is voided in public with a reason"),
        gettext_lazy("An officer"),
    ),
}


@dataclass(frozen=True)
class NextStep:
    """What happens next with a round, who does it and by when, when a day is set."""

    what: Any
    who: Any = ""
    by: date | None = None
    note: Any = ""


def badge(round: PublicRound) -> Badge:
    """The state of a round in a word."""
    if round.is_published:
        return Badge(_("Published"), "success")
    return Badge(round.state_label, _BADGES.get(RoundState(round.state), "info"))


def publish_by(slug: str) -> date | None:
    """The day by which a round is to be published, and so all steps before, where one is set."""
    return public_rounds().filter(slug=slug).values_list("publish_by", flat=True).first()


def next_step(round: PublicRound, *, by: date | None = None) -> NextStep:
    """What happens next with a round; `by` is the day it is to be published."""
    if round.state == RoundState.VOIDED:
        return NextStep(_("Nothing more: the round is voided and kept as it was"))
    if round.state in _NEXT:
        what, who = _NEXT[RoundState(round.state)]
        return NextStep(what, who, by, _no_day(by))
    if not round.is_published:
        return NextStep(_("The offers are published"), _("An officer"), by, _no_day(by))
    if round.is_exercise:
        return NextStep(_("Nothing more: this is an exercise, and nobody has been offered anything"))
    return _after_publication(round)


def _no_day(by: date | None) -> str:
    return "" if by else _("No day is set for it.")


def _after_publication(round: PublicRound) -> NextStep:
    waiting = sum(offer.response == "none" for offer in round.offers)
    if waiting:
        return NextStep(
            _("Those who have been offered support decide whether to accept"),
            _("The organizers: %(count)s have not answered yet") % {"count": waiting},
            note=_no_day(None),
        )
    if round.is_evaluation_closed:
        return NextStep(_("Nothing more: all have answered, and the evaluation is closed"))
    return NextStep(
        _("The evaluation closes, and ranking and draw can be given out"),
        _("The agency"),
        round.evaluation_closes_on,
    )


def road(round: PublicRound) -> list[Step]:
    """The steps of the round: those taken with their day, where it stands, and those ahead."""
    taken = {one.state: one for one in round.milestones}
    known = [
        ("proposed", _("Proposed")),
        ("confirmed", _("Confirmed by another person")),
        ("frozen", _("Frozen: figures and rules are fixed")),
        ("drawn", _("Drawn by lot, once") if round.is_by_lot else _("Selection run, once")),
        ("accepted", _("Result accepted")),
        ("published", pgettext("step of a round", "Published")),
    ]
    if round.state == RoundState.VOIDED:
        known = [*(pair for pair in known if pair[0] in taken), ("voided", _("Voided"))]
    ahead = [key for key, _label in known if key not in taken]
    steps = []
    for key, label in known:
        if key in taken:
            steps.append(Step(label, DONE, by=day_of(taken[key].at)))
        else:
            steps.append(Step(label, CURRENT if key == ahead[0] else AHEAD))
    return steps
