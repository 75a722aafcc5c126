"""What is asked of accounts, one module per noun."""

from samspel.accounts.queries.handed import (
    AGENCY,
    GROUPS,
    ORGANIZER,
    UNIVERSITY,
    DemoPerson,
    HeldRole,
    ToDo,
    demo_people,
    demo_people_by_group,
    role_providers,
    roles_of,
    todo_of,
    todo_providers,
)
from samspel.accounts.queries.people import addressee, keys_of, names_of, person_by_email, standing_for

__all__ = [
    "AGENCY",
    "GROUPS",
    "ORGANIZER",
    "UNIVERSITY",
    "DemoPerson",
    "HeldRole",
    "ToDo",
    "addressee",
    "demo_people",
    "demo_people_by_group",
    "keys_of",
    "names_of",
    "person_by_email",
    "role_providers",
    "roles_of",
    "standing_for",
    "todo_of",
    "todo_providers",
]
