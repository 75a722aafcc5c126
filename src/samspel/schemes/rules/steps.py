"""The vocabulary of steps: every kind a scheme's edition may name, and what registers against it.

An edition (data) says which steps in which order; what must hold before a step opens (guards) and what is filled in
at it (forms) is code of higher apps, which register here against a kind that exists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class StepKind(StrEnum):
    """One kind of step. The values stand in editions and in the database: add, never rename."""

    SELECTION = "selection"
    OFFER = "offer"
    KICKOFF_CONFERENCE = "kickoff_conference"
    RESPONSE = "response"
    BOARD_DECISION = "board_decision"
    FIRST_AGREEMENT = "first_agreement"
    LOCAL_TEAM = "local_team"
    FIRST_PAYMENT = "first_payment"
    CURRENT_STATE_ANALYSIS = "current_state_analysis"
    ACTION_PLAN = "action_plan"
    PLAN_DECISION = "plan_decision"
    SECOND_AGREEMENT = "second_agreement"
    MEASURES = "measures"
    NETWORK_CONFERENCE = "network_conference"
    INTERIM_REPORT = "interim_report"
    FINAL_REPORT = "final_report"
    FINAL_REPORT_CONFERENCE = "final_report_conference"
    CLOSING_SEMINAR = "closing_seminar"
    INTEREST = "interest"
    COORDINATOR_APPOINTMENT = "coordinator_appointment"
    NETWORK_MEETINGS = "network_meetings"
    CURRENT_STATE_DESCRIPTION = "current_state_description"
    NEEDS_ANALYSIS = "needs_analysis"
    DEVELOPMENT_PLAN = "development_plan"
    YEARLY_FOLLOW_UP = "yearly_follow_up"


@dataclass(frozen=True)
class Registered:
    """A guard or a form, under the name by which its app knows it."""

    name: str
    what: Any


Guard = Callable[[Any], list[Any]]

_guards: dict[StepKind, list[Registered]] = defaultdict(list)
_forms: dict[StepKind, list[Registered]] = defaultdict(list)


def _register(shelf: dict[StepKind, list[Registered]], kind: str, name: str, what: Any) -> None:
    step = StepKind(kind)
    if any(row.name == name for row in shelf[step]):
        raise ValueError(f"{name} is registered against {step} already")
    shelf[step].append(Registered(name, what))


def register_guard(kind: str, name: str, guard: Guard) -> None:
    """A guard of a step: takes the facts, returns the obstacles. ValueError if no such kind, or the name is taken."""
    _register(_guards, kind, name, guard)


def register_form(kind: str, name: str, form: Any) -> None:
    """A form that is filled in at a step. ValueError if no such kind, or the name is taken."""
    _register(_forms, kind, name, form)


def guards_of(kind: str) -> list[Guard]:
    """The guards of a step, in the order of their names."""
    return [row.what for row in sorted(_guards[StepKind(kind)], key=lambda row: row.name)]


def forms_of(kind: str) -> list[Any]:
    """The forms of a step, in the order of their names."""
    return [row.what for row in sorted(_forms[StepKind(kind)], key=lambda row: row.name)]
