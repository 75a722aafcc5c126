"""Who may do what with a round in which state: one table, and predicates that read it.

The table is a starting point for the agency (DOMAIN 7, "selection control group": officers and decision makers
restricted, the registrar registers, the evaluator reads, process supporters never).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspel.kernel.permissions import ANY_STATE, Deed, Level, Table, holds, require
from samspel.registry.models import Role
from samspel.selection.models import Round, RoundState
from samspel.selection.rules import road

__all__ = ["SEE", "SEE_FIGURES", "SEE_SEED", "TABLE", "may", "may_make", "may_see_figures", "may_see_seed", "require"]

MAKE = "make"
# Reading, beside the steps of the road.
SEE = "see"  # the round's page in the workspace: what is public, and the history
SEE_FIGURES = "see_figures"  # frame one by one, exclusions with reasons, ranking, pairs, comparison group
SEE_SEED = "see_seed"

_OFFICER = frozenset({Role.EDUCATION_OFFICER})
_DECISION = frozenset({Role.DECISION_MAKER})
_BOTH = _OFFICER | _DECISION
_READERS = _BOTH | {Role.REGISTRAR, Role.EVALUATOR}
_STAFF = _READERS | {Role.PROCESS_SUPPORTER, Role.ADMINISTRATOR}

_S = RoundState
_BEFORE_FREEZE = (_S.DRAFT, _S.PROPOSED, _S.CONFIRMED)
_FROM_FREEZE = (_S.FROZEN, _S.DRAWN, _S.ACCEPTED, _S.VOIDED)
_BUT_NO_SUPPORTER = _("Never by who is a process supporter too, whatever else she is.")


def _step(
    label: Any, states: Iterable[str], roles: frozenset[Role], but: Any = "", *, is_private: bool = False
) -> Deed:
    """What changes a round takes a login that is sure of who sends it in."""
    return Deed(label, dict.fromkeys(states, roles), Level.SUBMIT, but=but, is_private=is_private)


TABLE = Table(
    title=_("Selection rounds"),
    states={state.value: state.label for state in RoundState},
    deeds={
        SEE: Deed(
            _("See a round and its history"),
            {_S.DRAFT: _BOTH, **{state: _STAFF for state in _S if state != _S.DRAFT}},
        ),
        SEE_FIGURES: Deed(
            _("See exclusions, ranking, pairs and comparison group"),
            {**dict.fromkeys(_BEFORE_FREEZE, _BOTH), **dict.fromkeys(_FROM_FREEZE, _READERS)},
            but=_BUT_NO_SUPPORTER,
            # Whoever looks as another may be a process supporter herself, and is no reader of these anyway.
            is_private=True,
        ),
        SEE_SEED: Deed(
            _("Read the seed of the draw"),
            dict.fromkeys(_FROM_FREEZE, _READERS),
            but=_("Never before the freeze, and never by who is a process supporter too."),
            is_private=True,
        ),
        MAKE: _step(_("Make a round"), [ANY_STATE], _OFFICER),
        road.CHANGE: _step(_("Change the rules, take organizers out and put them back"), [_S.DRAFT], _OFFICER),
        road.PROPOSE: _step(_("Propose a round"), [_S.DRAFT], _OFFICER),
        road.RETURN: _step(_("Return a round to draft"), [_S.PROPOSED, _S.CONFIRMED], _BOTH, _("With a reason.")),
        road.CONFIRM: _step(
            _("Confirm a round"),
            [_S.PROPOSED],
            _BOTH,
            _("Never what she herself proposed, nor rules that she herself changed last."),
        ),
        road.FREEZE: _step(_("Freeze a round"), [_S.CONFIRMED], _OFFICER),
        road.DRAW: _step(_("Run the selection of a round"), [_S.FROZEN], _BOTH, _("Once.")),
        road.ACCEPT: _step(_("Accept the result of a round"), [_S.DRAWN], _DECISION),
        road.PUBLISH: _step(_("Publish the offers of a round"), [_S.ACCEPTED], _BOTH),
        road.VOID: _step(
            _("Void a round"), [_S.PROPOSED, _S.CONFIRMED, _S.FROZEN, _S.DRAWN], _DECISION, _("With a reason.")
        ),
        road.RECORD_RESPONSE: _step(
            _("Record the answer to an offer"), [_S.ACCEPTED], _OFFICER, _BUT_NO_SUPPORTER, is_private=True
        ),
        road.OFFER_NEXT: _step(
            _("Offer the next in order"), [_S.ACCEPTED], _OFFICER, _BUT_NO_SUPPORTER, is_private=True
        ),
        road.END_SUPPORT: _step(
            _("Say when the support of an offer ended"), [_S.ACCEPTED], _OFFICER, _BUT_NO_SUPPORTER, is_private=True
        ),
    },
)

# Whoever supports the organizers must not know whom they are compared with, whatever else she is.
_KEPT_FROM = Role.PROCESS_SUPPORTER
# Deeds whose pages number the offers, which is the order of the draw or of the need.
_TELL_THE_ORDER = (road.RECORD_RESPONSE, road.OFFER_NEXT, road.END_SUPPORT)


def may(person: Any, deed: str, round: Round, at: datetime) -> bool:
    """Whether a person's role allows a deed in the state the round is in."""
    if deed in _TELL_THE_ORDER and holds(person, at, _KEPT_FROM):
        return False
    return TABLE.allows(person, deed, at, state=round.state)


def may_in_some_state(person: Any, deed: str, at: datetime) -> bool:
    """Whether a person's role allows a deed in any state: who is waited for rather than shut out."""
    return TABLE.allows_in_some_state(person, deed, at)


def may_make(person: Any, at: datetime) -> bool:
    """Whether a person may start a round."""
    return TABLE.allows(person, MAKE, at)


def may_see_rounds(person: Any, at: datetime) -> bool:
    """Whether a person has any business among the rounds in the workspace."""
    return TABLE.allows_in_some_state(person, SEE, at)


def may_see_drafts(person: Any, at: datetime) -> bool:
    """Whether a person may see rounds that are not proposed yet."""
    return TABLE.allows(person, SEE, at, state=RoundState.DRAFT)


def may_see_figures(person: Any, round: Round, at: datetime) -> bool:
    """Whether a person may see ranking, pairs and comparison group (before the freeze: what they would be)."""
    return may(person, SEE_FIGURES, round, at) and not holds(person, at, _KEPT_FROM)


def may_see_seed(person: Any, round: Round, at: datetime) -> bool:
    """Whether a person may read the seed: nobody before the freeze, and only where there was one."""
    return round.frozen_at is not None and may(person, SEE_SEED, round, at) and not holds(person, at, _KEPT_FROM)
