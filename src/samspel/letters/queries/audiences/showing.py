"""Recipients as a page or a file may show them: nobody with protected identity, whatever list she stands on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from samspel.accounts.models import Person
from samspel.letters.queries.audiences.reasons import whys
from samspel.letters.queries.handed import Addressed


@dataclass(frozen=True)
class Shown:
    """A row: name, mail address (empty where it goes on paper), language, and why in words."""

    name: str
    address: str
    language: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class ShownRecipients:
    """rows: those that may be shown, in the order given. hidden: how many others there are, who get it all the same."""

    rows: list[Shown]
    hidden: int


def shown(given: Collection[Addressed], language: str) -> ShownRecipients:
    """Recipients in a language; five queries at most however many."""
    hidden = _protected(given)
    seen = [one for one in given if one.person not in hidden and one.address not in hidden]
    rows = [
        Shown(one.name, one.address, one.language, tuple(dict.fromkeys(why)))
        for one, why in zip(seen, whys(seen, language), strict=True)
    ]
    return ShownRecipients(rows, len(given) - len(rows))


def _protected(given: Iterable[Addressed]) -> set[int | str]:
    """Keys and addresses of those among them who have protected identity."""
    people = [one.person for one in given if one.person]
    addresses = [one.address for one in given if one.address]
    rows = Person.objects.filter(Q(pk__in=people) | Q(email__in=addresses), is_protected=True)
    return {sign for row in rows.values_list("pk", "email") for sign in row}
