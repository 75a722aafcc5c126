"""The roles of people from first to last, as the apps that keep them hand them in: for lists, pages and upkeep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samspel.accounts.models import Person
from samspel.kernel.handed_down import HandedDown


@dataclass(frozen=True)
class RoleTerm:
    """A role that somebody holds, has held or will hold; who gave it (None: the system) and who stands in meanwhile."""

    role: Any
    where: str
    from_on: date
    to_on: date | None = None
    given_by: UUID | None = None
    stand_ins: tuple[StandingIn, ...] = ()
    # Somebody else's role, which she stands in for.
    instead_of: UUID | None = None


@dataclass(frozen=True)
class StandingIn:
    """Who stands in, by key, from when to when (last day included)."""

    who: UUID
    from_on: date
    to_on: date


RoleRows = Callable[[], QuerySet[Any]]
RoleTermProvider = Callable[[Person, datetime], Iterable[RoleTerm]]

role_rows: HandedDown[RoleRows] = HandedDown()
"""Rows of roles that have `person`, `from_on` and `to_on` (null: open-ended) to filter on."""

role_terms: HandedDown[RoleTermProvider] = HandedDown()
"""All the roles of a person, whenever."""


def terms_of(person: Person, at: datetime) -> list[RoleTerm]:
    """All her roles, those that go on first, then the latest."""
    found = [term for provider in role_terms for term in provider(person, at)]
    return sorted(found, key=lambda term: (term.to_on is None, term.to_on or date.max, term.from_on), reverse=True)


def holds_on(day: date) -> Q:
    """People who hold a role on a day."""
    in_force = Q(from_on__lte=day) & _not_over(day)
    return _exists(in_force)


def holds_from(day: date) -> Q:
    """People who hold a role on a day, or will later."""
    return _exists(_not_over(day))


def has_held() -> Q:
    """People who have, have had or will have a role."""
    return _exists(Q())


def _not_over(day: date) -> Q:
    return Q(to_on__isnull=True) | Q(to_on__gte=day)


def _exists(which: Q) -> Q:
    found = Q(pk__in=[])
    for rows in role_rows:
        found |= Q(Exists(rows().filter(which, person=OuterRef("pk"))))
    return found


RoleWords = Callable[[list[int], date], Mapping[int, list[str]]]
PeopleAtPlaces = Callable[[], Iterable[tuple[int, Any]]]

role_words: HandedDown[RoleWords] = HandedDown()
"""Person pk to her tasks on a day in words, for the people of a page, in a fixed number of queries."""

people_at_places: HandedDown[PeopleAtPlaces] = HandedDown()
"""Everybody's (person pk, place), whenever it was: who works in the same place may be the same person."""


def words_of(people: list[int], day: date) -> dict[int, str]:
    """Person pk to all her tasks on a day, as one line."""
    found: dict[int, list[str]] = {}
    for provider in role_words:
        for person, words in provider(people, day).items():
            found.setdefault(person, []).extend(words)
    return {person: "; ".join(words) for person, words in found.items()}


def places_of_everybody() -> dict[int, set[Any]]:
    """Person pk to the places where she has or has had tasks."""
    found: dict[int, set[Any]] = {}
    for provider in people_at_places:
        for person, place in provider():
            found.setdefault(person, set()).add(place)
    return found
