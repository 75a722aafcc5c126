"""Who may do what with a round in which state: one table, and predicates that read it.

The table is a starting point for the agency (DOMAIN 7, "selection control group": officers and decision makers
restricted, the registrar registers, the evaluator reads, process supporters never).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samspel.kernel.permissions import require
from samspel.registry.models import Role
from samspel.registry.permissions import holds
from samspel.selection.models import Round, RoundState
from samspel.selection.rules import road

__all__ = ["SEE", "SEE_FIGURES", "SEE_SEED", "TABLE", "may", "may_make", "may_see_figures", "may_see_seed", "require"]

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

TABLE: Mapping[str, Mapping[RoundState, frozenset[Role]]] = {
    road.CHANGE: {_S.DRAFT: _OFFICER},
    road.PROPOSE: {_S.DRAFT: _OFFICER},
    road.RETURN: {_S.PROPOSED: _BOTH, _S.CONFIRMED: _BOTH},
    road.CONFIRM: {_S.PROPOSED: _BOTH},
    road.FREEZE: {_S.CONFIRMED: _OFFICER},
    road.DRAW: {_S.FROZEN: _BOTH},
    road.ACCEPT: {_S.DRAWN: _DECISION},
    road.PUBLISH: {_S.ACCEPTED: _BOTH},
    road.VOID: dict.fromkeys((_S.PROPOSED, _S.CONFIRMED, _S.FROZEN, _S.DRAWN), _DECISION),
    road.RECORD_RESPONSE: {_S.ACCEPTED: _OFFICER},
    road.OFFER_NEXT: {_S.ACCEPTED: _OFFICER},
    road.END_SUPPORT: {_S.ACCEPTED: _OFFICER},
    SEE: {_S.DRAFT: _BOTH, **{state: _STAFF for state in _S if state != _S.DRAFT}},
    SEE_FIGURES: {**dict.fromkeys(_BEFORE_FREEZE, _BOTH), **dict.fromkeys(_FROM_FREEZE, _READERS)},
    SEE_SEED: dict.fromkeys(_FROM_FREEZE, _READERS),
}

# Whoever supports the organizers must not know whom they are compared with, whatever else she is.
_KEPT_FROM = Role.PROCESS_SUPPORTER
# Deeds whose pages number the offers, which is the order of the draw or of the need.
_TELL_THE_ORDER = (road.RECORD_RESPONSE, road.OFFER_NEXT, road.END_SUPPORT)


def may(person: Any, deed: str, round: Round, at: datetime) -> bool:
    """Whether a person's role allows a deed in the state the round is in."""
    roles = TABLE[deed].get(RoundState(round.state), frozenset())
    if deed in _TELL_THE_ORDER and holds(person, at, _KEPT_FROM):
        return False
    return bool(roles) and holds(person, at, *roles)


def may_in_some_state(person: Any, deed: str, at: datetime) -> bool:
    """Whether a person's role allows a deed in any state: who is waited for rather than shut out."""
    return holds(person, at, *frozenset().union(*TABLE[deed].values()))


def may_make(person: Any, at: datetime) -> bool:
    """Whether a person may start a round."""
    return holds(person, at, *_OFFICER)


def may_see_rounds(person: Any, at: datetime) -> bool:
    """Whether a person has any business among the rounds in the workspace."""
    return holds(person, at, *_STAFF)


def may_see_drafts(person: Any, at: datetime) -> bool:
    """Whether a person may see rounds that are not proposed yet."""
    return holds(person, at, *_BOTH)


def may_see_figures(person: Any, round: Round, at: datetime) -> bool:
    """Whether a person may see ranking, pairs and comparison group (before the freeze: what they would be)."""
    return may(person, SEE_FIGURES, round, at) and not holds(person, at, _KEPT_FROM)


def may_see_seed(person: Any, round: Round, at: datetime) -> bool:
    """Whether a person may read the seed: nobody before the freeze, and only where there was one."""
    return round.frozen_at is not None and may(person, SEE_SEED, round, at) and not holds(person, at, _KEPT_FROM)
