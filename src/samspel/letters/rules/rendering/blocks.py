"""A block as it is shown: its words in one language, with what it points to already found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from samspel.letters.rules import rich_text
from samspel.letters.rules.rich_text import Heading, Part


@dataclass(frozen=True)
class Dated:
    """Something with a date, in words. status: "Preliminary date", "Cancelled", or empty."""

    title: str
    when: str
    where: str = ""
    status: str = ""
    address: str = ""
    is_cancelled: bool = False

    @property
    def lines(self) -> list[str]:
        """What stands beneath the title."""
        return [line for line in (self.when, self.where, self.status) if line]


@dataclass(frozen=True)
class Pictured:
    """A picture: its key and its path here, what it shows in words, what stands beneath it, and its size in pixels.

    label: the words that stand for it where no picture can ("Picture: …").
    """

    key: str
    address: str
    words: str
    label: str
    caption: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class ShownBlock:
    """One block. parts: of a text, or of what is promised; changed: what has changed since it was sent, in words."""

    key: str
    kind: str
    parts: tuple[Part, ...] = ()
    date: Dated | None = None
    picture: Pictured | None = None
    changed: str = ""
    # What goes before `changed`: "Changed since the letter was sent:".
    changed_label: str = ""
    is_open: bool = False
    is_for_passing_on: bool = False
    # As it stands on a web page: safe HTML, made when all is known of it.
    html: str = ""


def with_levels(blocks: Iterable[ShownBlock]) -> tuple[ShownBlock, ...]:
    """The same blocks with no level of headings skipped anywhere in the letter."""
    made: list[ShownBlock] = []
    seen = False
    for block in blocks:
        parts = rich_text.levelled(block.parts, has_heading_before=seen)
        seen = seen or any(isinstance(part, Heading) for part in parts)
        made.append(replace(block, parts=parts))
    return tuple(made)
