"""Which roles are held where, and which of them an organization gives itself. Pure: no Django here.

Roles of networks and cases (network leader, process supporter, process leader) stand here until those apps keep them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

AGENCY: Final = "agency"
ORGANIZER: Final = "organizer"
SCHOOL_UNIT: Final = "school_unit"
UNIVERSITY: Final = "university"

HELD_AT: Final[Mapping[str, frozenset[str]]] = {
    AGENCY: frozenset(
        {
            "education_officer",
            "process_supporter",
            "decision_maker",
            "payments_officer",
            "registrar",
            "evaluator",
            "editor",
            "event_coordinator",
            "administrator",
        }
    ),
    ORGANIZER: frozenset(
        {
            "coordinator",
            "chief_education_officer",
            "principal",
            "board_chair",
            "authorized_signatory",
            "development_lead",
            "administrator",
        }
    ),
    SCHOOL_UNIT: frozenset({"principal"}),
    UNIVERSITY: frozenset({"network_leader", "process_leader", "event_coordinator", "administrator"}),
}


def may_be_held(role: str, where: str) -> bool:
    """Whether a role exists at such a place."""
    return role in HELD_AT[where]


# Those who speak for the whole organizer: given only by one who does so herself, never by a chief education officer,
# whose office is a task under the board (skollagen 2010:800, 2 kap. 8 a §).
HEADS: Final = frozenset({"administrator", "authorized_signatory", "board_chair", "chief_education_officer"})
# Who gives the heads, and who gives every other role of the organizer.
GIVE_HEADS: Final = frozenset({"administrator", "authorized_signatory", "board_chair"})
GIVE_OTHERS: Final = GIVE_HEADS | {"chief_education_officer"}
# Who may act for an organization as a whole, in the order a page tells them.
ACT_FOR_IT: Final = ("authorized_signatory", "board_chair", "chief_education_officer", "administrator")


def is_head(role: str) -> bool:
    """Whether the role speaks for the organizer as a whole."""
    return role in HEADS


def is_given_by_another(role: str, where: str) -> bool:
    """Whether nobody may give the role to herself: what speaks for an organizer, and what decides at the agency."""
    return role in HEADS or where != ORGANIZER


def given_at(where: str) -> list[str]:
    """The roles of a place, in the order a form offers them: the most common first, administrators last."""
    first = ("coordinator", "chief_education_officer", "principal", "development_lead")
    rest = sorted(HELD_AT[where] - set(first) - {"administrator"})
    last = [role for role in ("administrator",) if role in HELD_AT[where]]
    return [role for role in first if role in HELD_AT[where]] + rest + last
