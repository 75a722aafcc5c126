"""Who may do what: each app's table of deeds, the roles people hold, and the gate that every operation passes.

The kernel knows neither roles nor people: `role_resolvers` and `role_names` are handed in by the apps that keep
appointments, `tables` by every app that has deeds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import SYSTEM
from samspel.kernel.handed_down import HandedDown


class Level(IntEnum):
    """How sure the login is of who somebody is; a deed says which it needs (DOMAIN 4.5, "LoA rule per action")."""

    READ = 1
    SUBMIT = 2
    SIGN = 3


LEVEL_NAMES: Final[Mapping[Level, Any]] = {
    Level.READ: _("read"),
    Level.SUBMIT: _("submit"),
    Level.SIGN: _("sign"),
}

# Whom a deed is for, beside the roles of appointments.
ANYBODY: Final = "anybody"
LOGGED_IN: Final = "logged_in"
HERSELF: Final = "herself"
THE_SYSTEM: Final = "the_system"

# Where a role is held: None is the agency itself; else a kind and a key, as ("organizer", 17).
Place = tuple[str, int] | None
AGENCY: Final[Place] = None
ANY_STATE: Final = ""


class LevelTooLow(PermissionDenied):
    """The person may, but her login is not sure enough of who she is: `needed` says which it takes."""

    def __init__(self, needed: Level) -> None:
        super().__init__(f"takes level {needed.name}")
        self.needed = needed


@dataclass(frozen=True)
class Holding:
    """A role somebody holds somewhere; `instead_of` is the key of the person she stands in for, if any."""

    role: str
    place: Place = AGENCY
    instead_of: UUID | None = None


RoleResolver = Callable[[Any, datetime], Iterable[Holding]]

role_resolvers: HandedDown[RoleResolver] = HandedDown()
"""What a person holds at a moment, stand-ins included; each app that keeps appointments adds its own."""

role_names: HandedDown[Mapping[str, Any]] = HandedDown()
"""Role code to what it is called."""


def holdings_of(person: Any, at: datetime) -> tuple[Holding, ...]:
    """All that a person holds on a day (Swedish day). Nobody logged in, and the system itself, hold nothing.

    Kept on the person for the length of a request, so that a page asks once.
    """
    if not getattr(person, "is_authenticated", False):
        return ()
    on = timezone.localdate(at)
    kept = person.__dict__.setdefault("_holdings_by_day", {}) if hasattr(person, "__dict__") else {}
    if on not in kept:
        kept[on] = tuple(holding for resolve in role_resolvers for holding in resolve(person, at))
    return kept[on]


def holds(person: Any, at: datetime, *roles: str, place: Place = AGENCY) -> bool:
    """Whether a person holds any of the roles at a place (nothing said: at the agency)."""
    return any(held.role in roles and held.place == place for held in holdings_of(person, at))


def holds_anywhere(person: Any, at: datetime, *roles: str) -> bool:
    """Whether a person holds any of the roles, wherever it is."""
    return any(held.role in roles for held in holdings_of(person, at))


def places_of(person: Any, at: datetime, *roles: str) -> list[Place]:
    """Where a person holds any of the roles, each place once, in the order they were given her."""
    return list(dict.fromkeys(held.place for held in holdings_of(person, at) if held.role in roles))


def level_of(person: Any) -> Level:
    """How sure we are that she is who she says.

    The middleware writes the session's level on the person of a request. A person without a session acts on the
    machine itself (the command line's `--as`, a job): whoever may run the program there is let in by the machine.
    """
    level = getattr(person, "session_level", None)
    return Level.SIGN if level is None else Level(level)


@dataclass(frozen=True)
class Deed:
    """One row of a table: what it is, who may in which state, where, and how sure a login it takes.

    by: state to roles (ANY_STATE where the state does not matter). at_own_place: the role must be held at the place
    the thing belongs to, not at the agency. but: what else must hold, in words ("never her own proposal").
    """

    label: Any
    by: Mapping[str, frozenset[str]]
    level: Level = Level.READ
    at_own_place: frozenset[str] = frozenset()
    but: Any = ""

    def roles_in(self, state: str) -> frozenset[str]:
        """Who may in that state."""
        return self.by.get(state, frozenset()) | self.by.get(ANY_STATE, frozenset())

    @property
    def roles(self) -> frozenset[str]:
        """Who may in any state."""
        return frozenset().union(*self.by.values())


@dataclass(frozen=True)
class Table:
    """An app's table role x deed x state. `deeds` in the order to be read; `states` code to name."""

    title: Any
    deeds: Mapping[str, Deed]
    states: Mapping[str, Any] = field(default_factory=dict)

    def allows(self, person: Any, deed: str, at: datetime, *, state: str = ANY_STATE, place: Place = AGENCY) -> bool:
        """Whether a person's role allows a deed, however she logged in.

        A role in the deed's `at_own_place` counts if held where the thing belongs; any other if held at the agency.
        """
        row = self.deeds[deed]
        roles = row.roles_in(state)
        if ANYBODY in roles or (THE_SYSTEM in roles and person is SYSTEM):
            return True
        if LOGGED_IN in roles and getattr(person, "is_authenticated", False):
            return True
        return any(
            held.role in roles and held.place == (place if held.role in row.at_own_place else AGENCY)
            for held in holdings_of(person, at)
        )

    def require(self, person: Any, deed: str, at: datetime, *, state: str = ANY_STATE, place: Place = AGENCY) -> None:
        """Raises PermissionDenied unless allowed, LevelTooLow if only the login falls short."""
        require(self.allows(person, deed, at, state=state, place=place))
        require_level(person, self.deeds[deed].level)


tables: HandedDown[Table] = HandedDown()
"""Every app's table, for the page that tells who can see and do what."""


def require(is_allowed: bool) -> None:
    """Raises PermissionDenied unless allowed."""
    if not is_allowed:
        raise PermissionDenied


def require_level(person: Any, level: Level) -> None:
    """Raises LevelTooLow if her login is not sure enough for the deed."""
    if person is not SYSTEM and level_of(person) < level:
        raise LevelTooLow(level)
