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
from samspel.accounts.queries.people import names_of, person_by_email

__all__ = [
    "AGENCY",
    "GROUPS",
    "ORGANIZER",
    "UNIVERSITY",
    "DemoPerson",
    "HeldRole",
    "ToDo",
    "demo_people",
    "demo_people_by_group",
    "names_of",
    "person_by_email",
    "role_providers",
    "roles_of",
    "todo_of",
    "todo_providers",
]
