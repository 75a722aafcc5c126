"""An app's table role x deed x state, and the gate that every operation passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from samspel.kernel.audit import SYSTEM
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.permissions.denials import require
from samspel.kernel.permissions.holdings import AGENCY, Holding, Place, holdings_of
from samspel.kernel.permissions.levels import Level, require_level
from samspel.kernel.permissions.looking import is_looked_at

# Whom a deed is for, beside the roles of appointments.
ANYBODY: Final = "anybody"
LOGGED_IN: Final = "logged_in"
HERSELF: Final = "herself"
THE_SYSTEM: Final = "the_system"
NO_ROLES: Final = (ANYBODY, LOGGED_IN, HERSELF, THE_SYSTEM)

ANY_STATE: Final = ""


@dataclass(frozen=True)
class Deed:
    """One row of a table: what it is, who may in which state, where, and how sure a login it takes.

    by: state to roles (ANY_STATE where the state does not matter). at_own_place: roles that must be held at the place
    the thing belongs to, not at the agency; at_agency_too: those of them that count at the agency as well. but: what
    else must hold, in words ("never her own proposal"). is_private: never shown to who looks as another, since it lies
    in somebody's private zone or is secret.
    """

    label: Any
    by: Mapping[str, frozenset[str]]
    level: Level = Level.READ
    at_own_place: frozenset[str] = frozenset()
    but: Any = ""
    is_private: bool = False
    at_agency_too: frozenset[str] = frozenset()

    def roles_in(self, state: str) -> frozenset[str]:
        """Who may in that state. In a state that the table does not know: those who may whatever the state."""
        return self.by.get(state, frozenset()) | self.by.get(ANY_STATE, frozenset())

    @property
    def roles(self) -> frozenset[str]:
        """Who may in any state."""
        return frozenset().union(*self.by.values())

    def counts(self, held: Holding, place: Place) -> bool:
        """Whether a role held there is held where this deed asks for it, for a thing that belongs to `place`.

        What is held where the thing belongs never counts for a thing that is said to belong nowhere.
        """
        is_at_home = held.role in self.at_own_place
        if held.place is AGENCY:
            return not is_at_home or held.role in self.at_agency_too
        return is_at_home and held.place == place


@dataclass(frozen=True)
class Table:
    """An app's table role x deed x state. `deeds` in the order to be read; `states` code to name, in their order."""

    title: Any
    deeds: Mapping[str, Deed]
    states: Mapping[str, Any] = field(default_factory=dict)

    def allows(
        self,
        person: Any,
        deed: str,
        at: datetime,
        *,
        state: str = ANY_STATE,
        place: Place = AGENCY,
        whose: Any = None,
    ) -> bool:
        """Whether a person's role allows a deed, however she logged in. A state that is not known allows nobody.

        A role in the deed's `at_own_place` counts if held where the thing belongs; any other if held at the agency,
        and those in `at_agency_too` at either. `whose` is the person that the thing is about: HERSELF, where the deed
        is for her.
        """
        if state != ANY_STATE and state not in self.states:
            return False
        return self._lets(person, self.deeds[deed], self.deeds[deed].roles_in(state), at, place, whose)

    def allows_in_some_state(
        self, person: Any, deed: str, at: datetime, *, place: Place = AGENCY, whose: Any = None
    ) -> bool:
        """Whether a person's role allows a deed in any state at all: who is waited for rather than shut out."""
        return self._lets(person, self.deeds[deed], self.deeds[deed].roles, at, place, whose)

    def require(
        self,
        person: Any,
        deed: str,
        at: datetime,
        *,
        state: str = ANY_STATE,
        place: Place = AGENCY,
        whose: Any = None,
    ) -> None:
        """Raises PermissionDenied unless allowed, LevelTooLow if only the login falls short."""
        require(self.allows(person, deed, at, state=state, place=place, whose=whose))
        self.require_level(person, deed)

    def require_in_some_state(
        self, person: Any, deed: str, at: datetime, *, place: Place = AGENCY, whose: Any = None
    ) -> None:
        """The same whatever state the thing is in: for operations that then say what keeps the deed from being done."""
        require(self.allows_in_some_state(person, deed, at, place=place, whose=whose))
        self.require_level(person, deed)

    def require_level(self, person: Any, deed: str) -> None:
        """Raises LevelTooLow if her login is not sure enough for the deed."""
        require_level(person, self.deeds[deed].level)

    def _lets(self, person: Any, row: Deed, roles: frozenset[str], at: datetime, place: Place, whose: Any) -> bool:
        if row.is_private and is_looked_at(person):
            return False
        if any(role in roles for role in _without_a_role(person, whose)):
            return True
        return any(held.role in roles and row.counts(held, place) for held in holdings_of(person, at))


def _without_a_role(person: Any, whose: Any) -> Iterator[str]:
    """What somebody is without any appointment: anybody, the system, logged in, the one it is about."""
    yield ANYBODY
    if person is SYSTEM:
        yield THE_SYSTEM
    if getattr(person, "is_authenticated", False) and getattr(person, "is_active", True):
        yield LOGGED_IN
        if whose is not None and person == whose:
            yield HERSELF


tables: HandedDown[Table] = HandedDown()
"""Every app's table, for the page that tells who can see and do what."""
