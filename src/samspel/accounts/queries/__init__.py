"""What is asked of accounts, one module per noun."""

from samspel.accounts.queries.handed import (
    AGENCY,
    GROUPS,
    ORGANIZER,
    UNIVERSITY,
    Absence,
    DemoPerson,
    HeldRole,
    ToDo,
    absences,
    demo_people,
    demo_people_by_group,
    role_providers,
    roles_of,
    todo_providers,
)
from samspel.accounts.queries.people import addressee, keys_of, names_of, person_by_email, standing_for
from samspel.accounts.queries.todo import todo_from, todo_given, todo_of

__all__ = [
    "AGENCY",
    "GROUPS",
    "ORGANIZER",
    "UNIVERSITY",
    "Absence",
    "DemoPerson",
    "HeldRole",
    "ToDo",
    "absences",
    "addressee",
    "demo_people",
    "demo_people_by_group",
    "keys_of",
    "names_of",
    "person_by_email",
    "role_providers",
    "roles_of",
    "standing_for",
    "todo_from",
    "todo_given",
    "todo_of",
    "todo_providers",
]
