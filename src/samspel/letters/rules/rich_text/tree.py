"""The parts of a text: a small tree of what a letter may hold, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

HIGHEST: Final = 2
LOWEST: Final = 3


@dataclass(frozen=True)
class Run:
    """Words of one kind. `words` may hold line breaks; `href` is an allowed address, or empty."""

    words: str
    is_strong: bool = False
    is_emphasized: bool = False
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """level: 2 or 3; the letter's subject is the first."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Paragraph:
    """Words."""

    runs: Runs


@dataclass(frozen=True)
class Listing:
    """A list. start: the first number, None where there are no numbers."""

    items: tuple[tuple[Part, ...], ...]
    start: int | None = None


@dataclass(frozen=True)
class Quote:
    """What somebody else said."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Table:
    """A simple table: a heading to each column, and as many cells in each row."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


Part = Heading | Paragraph | Listing | Quote | Table


def levelled(parts: Iterable[Part], *, has_heading_before: bool = False) -> tuple[Part, ...]:
    """The same parts with no level of headings skipped: a third one that follows no second is a second."""
    made, seen = [], has_heading_before
    for part in parts:
        if isinstance(part, Heading):
            part = part if seen else replace(part, level=HIGHEST)
            seen = True
        made.append(part)
    return tuple(made)


def runs_of(parts: Iterable[Part]) -> Iterator[Run]:
    """Every run of words, in the order they are read."""
    for part in parts:
        if isinstance(part, Heading | Paragraph):
            yield from part.runs
        elif isinstance(part, Quote):
            yield from runs_of(part.parts)
        elif isinstance(part, Listing):
            for item in part.items:
                yield from runs_of(item)
        else:
            for cell in (*part.head, *(cell for row in part.rows for cell in row)):
                yield from cell


def links(parts: Iterable[Part]) -> list[str]:
    """Every address that is linked to, each once, in the order they come."""
    return list(dict.fromkeys(run.href for run in runs_of(parts) if run.href))
