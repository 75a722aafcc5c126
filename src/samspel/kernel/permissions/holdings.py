"""The roles people hold, and where. The kernel knows neither roles nor places: those who keep them hand them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from samspel.kernel.handed_down import HandedDown

# Where a role is held: None is the agency itself; else a kind and a key, as ("organizer", 17).
Place = tuple[str, int] | None
AGENCY: Final[Place] = None


@dataclass(frozen=True)
class Holding:
    """A role somebody holds somewhere; `instead_of` is the key of the person she stands in for, if any."""

    role: str
    place: Place = AGENCY
    instead_of: UUID | None = None


RoleResolver = Callable[[Any, datetime], Iterable[Holding]]
PlaceNames = Callable[[Iterable[Place]], Mapping[Place, str]]

role_resolvers: HandedDown[RoleResolver] = HandedDown()
"""What a person holds at a moment, stand-ins included; each app that keeps appointments adds its own."""

role_names: HandedDown[Mapping[str, Any]] = HandedDown()
"""Role code to what it is called."""

place_names: HandedDown[PlaceNames] = HandedDown()
"""Places to what they are called; each app that keeps places names its own, in a fixed number of queries."""


def holdings_of(person: Any, at: datetime) -> tuple[Holding, ...]:
    """All that a person holds on a day (Swedish day). Nobody logged in, a closed account and the system hold nothing.

    Kept on the person for the length of a request, so that a page asks once.
    """
    if not getattr(person, "is_authenticated", False) or not getattr(person, "is_active", True):
        return ()
    on = timezone.localdate(at)
    kept: dict[date, tuple[Holding, ...]] = {}
    if hasattr(person, "__dict__"):
        kept = person.__dict__.setdefault("_holdings_by_day", kept)
    if on not in kept:
        kept[on] = tuple(holding for resolve in role_resolvers for holding in resolve(person, at))
    return kept[on]


def holding_only(person: Any, at: datetime, holdings: Iterable[Holding]) -> Any:
    """The same person as if she held exactly these that day, for asking what comes of which role. Never for a deed."""
    as_if = copy(person)
    as_if._holdings_by_day = {timezone.localdate(at): tuple(holdings)}
    return as_if


def holds(person: Any, at: datetime, *roles: str, place: Place = AGENCY) -> bool:
    """Whether a person holds any of the roles at a place (nothing said: at the agency)."""
    return any(held.role in roles and held.place == place for held in holdings_of(person, at))


def holds_anywhere(person: Any, at: datetime, *roles: str) -> bool:
    """Whether a person holds any of the roles, wherever it is."""
    return any(held.role in roles for held in holdings_of(person, at))


def places_of(person: Any, at: datetime, *roles: str) -> list[Place]:
    """Where a person holds any of the roles, each place once, in the order they were given her."""
    return list(dict.fromkeys(held.place for held in holdings_of(person, at) if held.role in roles))


def names_of_roles() -> dict[str, Any]:
    """Role code to what it is called, of all who handed names in."""
    return {code: name for names in role_names for code, name in names.items()}


def names_of_places(places: Iterable[Place]) -> dict[Place, str]:
    """Place to what it is called, for those that somebody names. The agency has no name here."""
    wanted = [place for place in dict.fromkeys(places) if place is not AGENCY]
    return {place: name for naming in place_names for place, name in naming(wanted).items()} if wanted else {}
