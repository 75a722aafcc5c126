"""When two may be one person: same name at the same organization, or same telephone. Pure: no Django here.

Only a person decides that they are: nothing here merges.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from samspel.kernel.values.sorting import search_key

SAME_NAME: Final = "name"
SAME_PHONE: Final = "phone"

# What is chosen of somebody who may be another: she is a person of her own; she is that one and keeps the address
# that is registered; she is that one and has the address of the row; the row is left out.
ANOTHER: Final = "another"
KEEP: Final = "keep"
TAKE: Final = "take"
SKIP: Final = "skip"
_CHOICE = re.compile(r"(keep|take):([0-9a-f-]{36}|row-\d{1,7})")
# Fewer digits than this tell nothing: an extension, a switchboard's tail.
_DIGITS_LEAST: Final = 7


@dataclass(frozen=True)
class Known:
    """Somebody who may be the same: `key` is a person's key, or row-<number> of the same list.

    places: the organizations she has (or is to have) a role in, as they are keyed in the list.
    """

    key: str
    email: str
    name: str
    phone: str
    places: frozenset[str]


@dataclass(frozen=True)
class Match:
    """Somebody who may be the same, and why."""

    known: Known
    why: str


def phone_key(phone: str) -> str:
    """The digits of a telephone number in the country, without the country's own; empty if they are too few."""
    digits = re.sub(r"\D", "", phone)
    if phone.strip().startswith("+46") or digits.startswith("0046"):
        digits = digits.removeprefix("00").removeprefix("46")
    digits = digits.lstrip("0")
    return digits if len(digits) >= _DIGITS_LEAST else ""


class Crowd:
    """People to compare with, found by name and place or by telephone."""

    def __init__(self, people: Iterable[Known] = ()) -> None:
        self._by_name: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_phone: dict[str, list[Known]] = defaultdict(list)
        for known in people:
            self.add(known)

    def add(self, known: Known) -> None:
        """One more."""
        name, phone = search_key(known.name), phone_key(known.phone)
        for place in known.places if name else ():
            self._by_name[name, place].append(known)
        if phone:
            self._by_phone[phone].append(known)

    def matches(self, one: Known) -> list[Match]:
        """Those who may be the same, each once, by name before by telephone. The same address is no question."""
        found: dict[str, Match] = {}
        name, phone = search_key(one.name), phone_key(one.phone)
        named = [known for place in sorted(one.places) for known in self._by_name.get((name, place), ())]
        called = self._by_phone.get(phone, ()) if phone else ()
        for why, people in ((SAME_NAME, named), (SAME_PHONE, called)):
            for known in people:
                if known.email != one.email and known.key != one.key:
                    found.setdefault(known.key, Match(known, why))
        return list(found.values())


def parse_choice(text: str) -> tuple[str, str] | None:
    """(what, whose key) of a choice as a form sends it; None for what is no choice."""
    if text in (ANOTHER, SKIP):
        return text, ""
    found = _CHOICE.fullmatch(text)
    return (found[1], found[2]) if found else None
