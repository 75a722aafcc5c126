"""Who may do what with people and their accounts: one table, and predicates that read it.

The roles stand here as their codes: `registry`, which keeps them, stands above.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import (
    AGENCY,
    ANY_STATE,
    HERSELF,
    LOGGED_IN,
    THE_SYSTEM,
    Deed,
    Level,
    Place,
    Table,
    holdings_of,
    holds,
    require,
)

__all__ = [
    "TABLE",
    "may_add_person",
    "may_be_entered_in_demo",
    "may_change_account",
    "may_correct",
    "may_see_demo_people",
    "require",
]

ADMINISTRATOR = "administrator"
REGISTRAR = "registrar"

# The person's own.
CORRECT_OWN = "correct_own"
OWN_EXTRACT = "own_extract"
OWN_LOGIN = "own_login"
# People, seen from the agency and from their organization.
SEE_PEOPLE = "see_people"
CORRECT_AT_HOME = "correct_at_home"
CORRECT = "correct"
SEE_PROTECTED = "see_protected"
PROTECT = "protect"
CLOSE = "close"
RESET_LOGIN = "reset_login"
MERGE = "merge"
EXTRACT = "extract"
EMPTY = "empty"
# Permissions themselves.
SEE_ALLOWANCES = "see_allowances"
LOOK_AS = "look_as"

_HERSELF = frozenset({HERSELF})
_ADMINISTRATOR = frozenset({ADMINISTRATOR})

TABLE = Table(
    title=_("People and their accounts"),
    deeds={
        CORRECT_OWN: Deed(
            _("Correct the own name, telephone, language and mail address"), {ANY_STATE: _HERSELF}, is_private=True
        ),
        OWN_EXTRACT: Deed(_("Take out all that is kept about oneself"), {ANY_STATE: _HERSELF}, is_private=True),
        OWN_LOGIN: Deed(
            _("Add and remove the own ways to log in, and end the own sessions"),
            {ANY_STATE: _HERSELF},
            is_private=True,
            but=_("Ways to log in only within ten minutes of having shown who one is."),
        ),
        SEE_PEOPLE: Deed(
            _("See people, their roles and their history"),
            {ANY_STATE: frozenset({ADMINISTRATOR, REGISTRAR})},
            but=_("Never who has protected identity."),
        ),
        CORRECT_AT_HOME: Deed(
            _("Correct name and telephone of people of the own organization"),
            {ANY_STATE: _ADMINISTRATOR},
            level=Level.SUBMIT,
            at_own_place=_ADMINISTRATOR,
            but=_("Only of those who have a task nowhere else, and never of who has protected identity."),
        ),
        CORRECT: Deed(
            _("Correct anybody's name, telephone and mail address"), {ANY_STATE: _ADMINISTRATOR}, Level.SUBMIT
        ),
        SEE_PROTECTED: Deed(
            _("See who somebody with protected identity is; each look is written down"),
            {ANY_STATE: _ADMINISTRATOR},
            level=Level.SUBMIT,
            is_private=True,
        ),
        PROTECT: Deed(
            _("Protect somebody's identity, and lift the protection"), {ANY_STATE: _ADMINISTRATOR}, Level.SUBMIT
        ),
        CLOSE: Deed(
            _("Close an account, and open it again"),
            {ANY_STATE: _ADMINISTRATOR},
            level=Level.SUBMIT,
            but=_("Never the own account."),
        ),
        RESET_LOGIN: Deed(
            _("Take away somebody's lost ways to log in, so that a code by mail lets her in again"),
            {ANY_STATE: _ADMINISTRATOR},
            level=Level.SUBMIT,
            but=_("Never one's own."),
        ),
        MERGE: Deed(
            _("Merge two rows that are one person"),
            {ANY_STATE: _ADMINISTRATOR},
            level=Level.SUBMIT,
            but=_("Never the own row."),
        ),
        EXTRACT: Deed(
            _("Take out all that is kept about somebody, when she asks for it"),
            {ANY_STATE: frozenset({ADMINISTRATOR, REGISTRAR})},
            level=Level.SUBMIT,
            but=_("Of somebody with protected identity only who may see who she is."),
            is_private=True,
        ),
        EMPTY: Deed(
            _("Remove a person's data after her last role"),
            {ANY_STATE: frozenset({ADMINISTRATOR, THE_SYSTEM})},
            level=Level.SUBMIT,
            but=_("Never while she holds a role, or something is open with her."),
        ),
        SEE_ALLOWANCES: Deed(_("See who can see and do what"), {ANY_STATE: frozenset({LOGGED_IN})}),
        LOOK_AS: Deed(
            _("Look at pages as another person sees them, for half an hour"),
            {ANY_STATE: _ADMINISTRATOR},
            level=Level.SUBMIT,
            but=_(
                "Only look; never as another system administrator or as who has protected identity, and never at what "
                "is private. Every page looked at is written down."
            ),
            is_private=True,
        ),
    },
)


def may_add_person(by: Any) -> bool:
    """The system, and anybody active: the operation that gives a task judges whether she may give it."""
    return by is SYSTEM or (isinstance(by, Person) and by.is_active)


def may_change_account(by: Any, person: Person) -> bool:
    """Each her own."""
    return isinstance(by, Person) and by.is_active and by.pk == person.pk


def require_role(by: Any, deed: str, at: datetime) -> None:
    """For pages on the way to a deed: raises PermissionDenied unless her role allows it, however she logged in."""
    require(TABLE.allows(by, deed, at))


def homes_of(person: Person, at: datetime) -> list[Place]:
    """The places where a person has a task of her own, each once; what she does for others does not count."""
    own = [held.place for held in holdings_of(person, at) if held.instead_of is None]
    return list(dict.fromkeys(own))


def may_correct_at_home(by: Any, person: Person, at: datetime) -> bool:
    """Whether `by` administers the one organization that the person has tasks in."""
    homes = homes_of(person, at)
    if len(homes) != 1 or homes[0] is AGENCY or person.is_protected:
        return False
    return TABLE.allows(by, CORRECT_AT_HOME, at, place=homes[0])


def may_correct(by: Any, person: Person, at: datetime) -> bool:
    """Name and telephone: she herself, the administrator of her organization, and the agency's."""
    return (
        TABLE.allows(by, CORRECT_OWN, at, whose=person)
        or TABLE.allows(by, CORRECT, at)
        or may_correct_at_home(by, person, at)
    )


def may_see_people(by: Any, at: datetime) -> bool:
    """The agency's administrators and registrars."""
    return TABLE.allows(by, SEE_PEOPLE, at)


def may_see_name(by: Any, person: Person, at: datetime) -> bool:
    """Everybody sees a name, but that of somebody protected: she herself and those who may see protected people."""
    if not person.is_protected:
        return True
    return (isinstance(by, Person) and by.pk == person.pk) or TABLE.allows(by, SEE_PROTECTED, at)


def may_see_allowances(person: Any, at: datetime) -> bool:
    """Everybody who is logged in."""
    return TABLE.allows(person, SEE_ALLOWANCES, at)


def may_look(person: Any, at: datetime) -> bool:
    """Whether a person may look at pages as others at all: the agency's administrators."""
    return TABLE.allows(person, LOOK_AS, at)


def is_system_administrator(person: Any, at: datetime) -> bool:
    """Whether a person administers the system itself, for herself or in place of another."""
    return holds(person, at, ADMINISTRATOR)


def may_be_looked_at(person: Person, by: Any, at: datetime) -> bool:
    """Whether an administrator may look as that person: never herself, another of them, or somebody protected."""
    is_ordinary = person.is_active and not person.is_protected
    is_there = person.anonymized_at is None and person.merged_into_id is None
    return is_ordinary and is_there and person != by and not is_system_administrator(person, at)


def may_see_demo_people() -> bool:
    """Only in a demo home, for anybody."""
    return settings.SAMSPEL_IS_DEMO is True


def may_be_entered_in_demo(person: Person) -> bool:
    """Invented people alone, and only in a demo home."""
    return may_see_demo_people() and person.is_invented and person.is_active
