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
