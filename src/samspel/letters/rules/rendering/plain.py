"""Blocks as plain text."""

from __future__ import annotations

from collections.abc import Callable

from samspel.letters.rules import rich_text
from samspel.letters.rules.rendering.blocks import ShownBlock


def plain_block(block: ShownBlock, absolute: Callable[[str], str]) -> str:
    """A block in lines of at most 72 signs; addresses are never broken."""
    if block.date:
        lines = [block.date.title, *block.date.lines]
        shown = [rich_text.wrapped(line, first="| ", rest="| ") for line in lines]
        if block.date.address and rich_text.is_allowed(block.date.address):
            shown.append(f"| {absolute(block.date.address)}")
        return "\n".join(shown)
    if block.picture:
        words = [f"[{block.picture.label}]", block.picture.caption]
        return "\n".join(rich_text.wrapped(line) for line in words if line)
    return rich_text.text(block.parts, absolute=absolute)
