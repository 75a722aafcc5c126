"""People as the agency's administrators look for them. Who has protected identity is in none of these lists."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet

from samspel.accounts.models import Person
from samspel.accounts.queries import role_rows
from samspel.accounts.rules.duplicates import Facts, Pair, pairs
from samspel.kernel.values.sorting import search_key
from samspel.post.queries.receivers import bouncing_addresses

ALL: Final = ""
WITH_ROLE: Final = "with_role"
WITHOUT_ROLE: Final = "without_role"
ENDED: Final = "ended"
BOUNCING: Final = "bouncing"
CLOSED: Final = "closed"


def people(*, words: str = "", which: str = ALL, on: date) -> QuerySet[Person]:
    """Rows that are somebody's, by words in name or address, and by one of the choices above."""
    found = listed()
    if words := words.replace("\x00", "").strip():
        found = found.filter(_matching(words))
    return found.filter(_chosen(which, on))


def listed() -> QuerySet[Person]:
    """Everybody who may stand in a list: not protected, not merged away, not emptied."""
    return Person.objects.filter(is_protected=False, merged_into__isnull=True, anonymized_at__isnull=True)


def protected() -> QuerySet[Person]:
    """Those with protected identity, in the order of their keys: a list must not tell names by its order."""
    return Person.objects.filter(is_protected=True, merged_into__isnull=True).order_by("key")


def possible_duplicates() -> list[Pair]:
    """Pairs of rows that may be one person, in two queries."""
    places = role_rows.places_of_everybody()
    rows = listed().values_list("pk", "search_key", "phone", "email", "is_invented")
    everybody: dict[bool, list[Facts]] = {True: [], False: []}
    for pk, folded, phone, email, is_invented in rows:
        everybody[is_invented].append(Facts(pk, folded, phone, email, frozenset(places.get(pk, ()))))
    return [pair for group in everybody.values() for pair in pairs(group)]


def people_by_pk(pks: list[int]) -> dict[int, Person]:
    """Those people, in one query."""
    return Person.objects.in_bulk(pks)


def _matching(words: str) -> Q:
    found = Q(email__contains=words.lower())
    if folded := search_key(words):
        found |= Q(search_key__contains=folded)
    return found


def _chosen(which: str, on: date) -> Q:
    choices: dict[str, Any] = {
        WITH_ROLE: lambda: role_rows.holds_on(on),
        WITHOUT_ROLE: lambda: ~role_rows.holds_on(on),
        ENDED: lambda: role_rows.has_held() & ~role_rows.holds_from(on),
        BOUNCING: lambda: Q(email__in=bouncing_addresses().values("address")),
        CLOSED: lambda: Q(is_active=False),
    }
    return choices[which]() if which in choices else Q()
