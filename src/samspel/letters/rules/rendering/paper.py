"""Blocks as plain data for the PDF's template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from samspel.letters.rules import rich_text
from samspel.letters.rules.rendering.blocks import ShownBlock


def paper_block(block: ShownBlock, absolute: Callable[[str], str], picture: bytes = b"") -> dict[str, Any]:
    """{"kind": "text", "parts"} or {"kind": "date", "title", "lines", "href"} or {"kind": "picture", …}.

    picture: the bytes of the block's picture, if it is one; without them its words stand instead.
    """
    if block.date:
        href = block.date.address if rich_text.is_allowed(block.date.address) else ""
        address = absolute(href) if href else ""
        return {"kind": "date", "title": block.date.title, "lines": block.date.lines, "href": address}
    if block.picture:
        shown = block.picture
        words = {"words": shown.words, "label": shown.label, "caption": shown.caption}
        return {"kind": "picture", **words, "bytes": list(picture)}
    return {"kind": "text", "parts": rich_text.parts(block.parts, absolute=absolute)}
