"""Two people's changes to the same values become one, each field by itself; what cannot be joined is set aside.

Three sides: `base`, what stood when somebody opened her page; `mine`, what she sends; `now`, what stands. A text that
both changed is joined by paragraphs and sentences if they changed different ones. The same three give the same, always.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Final, NamedTuple

from samspel.forms.rules.definitions import Type
from samspel.forms.rules.values import MOST_CHARACTERS, Asked

# A sentence with what ends it, or the space between two; a line break ends a sentence too.
_PARTS = re.compile(r"\s+|[^\s.!?…][^\n.!?…]*[.!?…]*[\"”’»)]*|[.!?…]+")
# More parts than this, between what both sides share at the ends, are not compared: the text is set aside instead.
_MOST_PARTS: Final = 800


@dataclass(frozen=True)
class Outcome:
    """What is to stand in a field, whether two texts were joined in it, and whether mine must be set aside."""

    value: Any
    is_merged: bool = False
    is_conflict: bool = False


def merge(asked: Asked, base: Any, mine: Any, now: Any) -> Outcome:
    """One field. Whoever changed it alone is followed; words go before emptiness; else joined, or theirs stays."""
    if mine in (base, now):
        return Outcome(now)
    if now == base or now is None:
        return Outcome(mine)
    if mine is None:
        return Outcome(now)
    joined = _joined(asked, base, mine, now)
    return Outcome(now, is_conflict=True) if joined is None else Outcome(joined, is_merged=True)


def merged_text(base: str, mine: str, theirs: str) -> str | None:
    """Both changes to a text, or None if they touch the same place. Mine goes nowhere but where I changed."""
    old = _parts(base)
    changes = _changes(old, _parts(mine)), _changes(old, _parts(theirs))
    if changes[0] is None or changes[1] is None:
        return None
    edits = sorted({*changes[0], *changes[1]})
    if any(_collide(one, other) for one, other in pairwise(edits)):
        return None
    for edit in reversed(edits):
        old[edit.start : edit.end] = edit.parts
    return "".join(old)


class _Edit(NamedTuple):
    """Parts from start up to end give way to these."""

    start: int
    end: int
    parts: tuple[str, ...]


def _joined(asked: Asked, base: Any, mine: Any, now: Any) -> Any:
    if asked.type == Type.SEVERAL_OF:
        return _merged_choices(asked, set(base or ()), set(mine), set(now))
    if asked.type not in (Type.SHORT_TEXT, Type.LONG_TEXT):
        return None
    text = merged_text(base or "", mine, now)
    return text if text is not None and 0 < len(text) <= MOST_CHARACTERS else None


def _merged_choices(asked: Asked, base: set[str], mine: set[str], now: set[str]) -> list[str] | None:
    """What either chose anew is chosen, what either took away is not."""
    chosen = (base & mine & now) | (mine - base) | (now - base)
    return [option.key for option in asked.options if option.key in chosen] or None


def _parts(text: str) -> list[str]:
    return _PARTS.findall(text)


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Edit] | None:
    """What makes the new of the old; None where that is too long to find out."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(left) + len(right) > _MOST_PARTS:
        return None
    compared = SequenceMatcher(str.isspace, left, right, autojunk=False).get_opcodes()
    return [_Edit(a + head, b + head, tuple(right[c:d])) for tag, a, b, c, d in compared if tag != "equal"]


def _collide(one: _Edit, other: _Edit) -> bool:
    """Whether two edits in order touch the same parts, or both add at the same place."""
    return one.end > other.start or one.end == other.start == one.start == other.end
