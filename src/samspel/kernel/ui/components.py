"""The small values that pages hand to components."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

DONE, CURRENT, AHEAD = "done", "current", "ahead"

TONES = ("neutral", "info", "success", "warning", "error")
"""The kinds of badges and notices."""


@dataclass(frozen=True)
class Fact:
    """A labelled fact; `note` stands small beneath, `url` makes the value a link."""

    label: Any
    value: Any
    note: Any = ""
    url: str = ""


@dataclass(frozen=True)
class Step:
    """A step on a road: done, current or ahead, who does it and by when (a day)."""

    label: Any
    state: str = AHEAD
    who: Any = ""
    by: date | None = None
    note: Any = ""
    url: str = ""

    def __post_init__(self) -> None:
        if self.state not in (DONE, CURRENT, AHEAD):
            raise ValueError(self.state)


@dataclass(frozen=True)
class Badge:
    """A word that stands for a state; `kind` is one of neutral, info, success, warning, error."""

    label: Any
    kind: str = "neutral"

    def __post_init__(self) -> None:
        if self.kind not in TONES:
            raise ValueError(self.kind)


@dataclass(frozen=True)
class Crumb:
    """One link on the way to this page; the last has no address, since one stands there."""

    label: Any
    url: str = ""


@dataclass(frozen=True)
class Download:
    """A file to take: its kind in words (CSV, PDF …), size in bytes when known, what it holds."""

    label: Any
    url: str
    kind: str = ""
    size: int | None = None


@dataclass(frozen=True)
class Card:
    """A way in to something: heading with link, a sentence, and facts or a badge when there are."""

    title: Any
    url: str
    text: Any = ""
    badge: Badge | None = None
    facts: tuple[Fact, ...] = field(default=())


@dataclass(frozen=True)
class Event:
    """A line of a history: when, what, by whom (a name the reader may see), and details (label to value)."""

    at: Any
    label: Any
    who: Any = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
