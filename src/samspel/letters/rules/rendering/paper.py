"""Blocks as plain data for the PDF's template."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any, Final

from samspel.letters.rules import rich_text
from samspel.letters.rules.rendering.blocks import Pictured, ShownBlock

# How a picture's bytes begin, and what it then is.
_KINDS: Final = {b"\xff\xd8": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif", b"RIFF": "image/webp"}


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
        return {"kind": "picture", **words, "svg": _drawing(shown, picture)}
    return {"kind": "text", "parts": rich_text.parts(block.parts, absolute=absolute)}


def _drawing(shown: Pictured, picture: bytes) -> str:
    """A picture within a drawing, which is text and goes to the template as it is; empty if there is none to show."""
    kind = next((kind for begins, kind in _KINDS.items() if picture.startswith(begins)), "")
    if not (kind and shown.width and shown.height):
        return ""
    size = f'width="{shown.width}" height="{shown.height}"'
    image = f'<image {size} href="data:{kind};base64,{b64encode(picture).decode()}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{image}</svg>'
