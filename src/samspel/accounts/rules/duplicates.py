"""Which rows may be one person: the same name in the same place, the same telephone, the same name in the address.

Pure: no Django here. Nothing is merged by this; a person looks at the two and decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

SAME_NAME: Final = "same_name"
SAME_PHONE: Final = "same_phone"
SAME_ADDRESS: Final = "same_address"
REASONS: Final = (SAME_NAME, SAME_PHONE, SAME_ADDRESS)

# Addresses that a workplace has, not a person; and a switchboard has many people behind one number.
_SHARED: Final = frozenset(
    {"admin", "administration", "barnutbildning", "kansli", "kommun", "kommunen", "kontakt", "registrator", "rektor"}
    | {"samordnare", "skola", "skolan", "support", "utbildning"}
)
_MOST_ALIKE: Final = 5


@dataclass(frozen=True)
class Facts:
    """What is compared of a row: places are where she has or has had tasks."""

    pk: int
    search_key: str
    phone: str
    email: str
    places: frozenset[Any] = frozenset()


@dataclass(frozen=True)
class Pair:
    """Two rows, the older first, and why they may be one."""

    one: int
    other: int
    reasons: tuple[str, ...]


def pairs(people: Iterable[Facts]) -> list[Pair]:
    """Every two that share something, those with most in common first. A group of more than five is left out."""
    people = list(people)
    found: dict[tuple[int, int], set[str]] = {}
    for reason, groups in _grouped(people).items():
        for group in groups.values():
            if 1 < len(group) <= _MOST_ALIKE:
                for two in combinations(sorted(group), 2):
                    found.setdefault(two, set()).add(reason)
    told = [Pair(*two, tuple(reason for reason in REASONS if reason in why)) for two, why in found.items()]
    return sorted(told, key=lambda pair: (-len(pair.reasons), REASONS.index(pair.reasons[0]), pair.one, pair.other))


def folded_phone(phone: str) -> str:
    """The digits that tell a number apart: +46 70 123 and 070-123 are alike; less than seven tell nothing."""
    digits = re.sub(r"\D", "", phone.lower().partition("ankn")[0])
    digits = re.sub(r"^(00)?460?", "0", digits) if phone.strip().startswith(("+", "00")) else digits
    return digits if len(digits) >= 7 else ""


def folded_address(email: str) -> str:
    """What stands before the @, where it is a person's own: dots and what follows a plus do not count."""
    local = email.rpartition("@")[0].split("+")[0]
    folded = re.sub(r"[._-]", "", local)
    return "" if folded in _SHARED or len(folded) < 5 else folded


def _grouped(people: list[Facts]) -> Mapping[str, Mapping[Any, list[int]]]:
    groups: dict[str, dict[Any, list[int]]] = {reason: {} for reason in REASONS}
    for one in people:
        for place in one.places:
            if one.search_key:
                groups[SAME_NAME].setdefault((one.search_key, place), []).append(one.pk)
        if phone := folded_phone(one.phone):
            groups[SAME_PHONE].setdefault(phone, []).append(one.pk)
        if address := folded_address(one.email):
            groups[SAME_ADDRESS].setdefault(address, []).append(one.pk)
    return groups
