"""Blocks as HTML: with classes for the web, with styles of their own for mail. Every word is escaped here."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from samspel.letters.rules import rich_text
from samspel.letters.rules.rendering.blocks import Dated, Pictured, ShownBlock

# The name of a part to its style attribute, and a path of ours to its whole address.
Styled = Callable[[str], str]
Absolute = Callable[[str], str]


def web_block(block: ShownBlock) -> str:
    """A block on a web page; looks are classes, `letter-…`."""
    inner = _web_inner(block)
    if block.changed:
        label, words = escape(block.changed_label), escape(block.changed)
        inner += f'<p class="letter-changed"><strong>{label}</strong> {words}</p>'
    state = " letter-promise" if block.is_open else ""
    return (
        f'<div class="letter-block letter-block--{escape(block.kind)}{state}" id="b-{escape(block.key)}">{inner}</div>'
    )


def mail_block(block: ShownBlock, styled: Styled, absolute: Absolute) -> str:
    """A block in a mail. styled: " style=…" of a part's name; absolute: the whole address of a path of ours."""
    if block.date:
        return _mail_date(block.date, styled, absolute)
    if block.picture:
        return _mail_picture(block.picture, styled, absolute)
    return rich_text.html(block.parts, styled=styled, absolute=absolute)


def _web_inner(block: ShownBlock) -> str:
    if block.date:
        return _web_date(block.date)
    return _web_picture(block.picture) if block.picture else rich_text.html(block.parts)


def _web_date(date: Dated) -> str:
    title = _linked(date, lambda address: address)
    gone = " letter-date--cancelled" if date.is_cancelled else ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in date.lines)
    return f'<div class="letter-date{gone}"><p class="letter-date__title">{title}</p>{lines}</div>'


def _mail_date(date: Dated, styled: Styled, absolute: Absolute) -> str:
    lines = "<br>".join([f"<strong>{_linked(date, absolute)}</strong>", *(escape(line) for line in date.lines)])
    return f"<p{styled('quote')}>{lines}</p>"


def _linked(date: Dated, absolute: Absolute) -> str:
    if not (date.address and rich_text.is_allowed(date.address)):
        return escape(date.title)
    return f'<a href="{escape(absolute(date.address))}">{escape(date.title)}</a>'


def _web_picture(picture: Pictured) -> str:
    caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width and picture.height else ""
    image = f'<img src="{escape(picture.address)}" alt="{escape(picture.words)}"{size} loading="lazy">'
    return f'<figure class="letter-picture">{image}{caption}</figure>'


def _mail_picture(picture: Pictured, styled: Styled, absolute: Absolute) -> str:
    # As wide as the sheet at most; mail programs read the attribute.
    width = min(picture.width or 552, 552)
    address, words = escape(absolute(picture.address)), escape(picture.words)
    image = f'<img src="{address}" alt="{words}" width="{width}"{styled("picture")}>'
    caption = f"<br>{escape(picture.caption)}" if picture.caption else ""
    return f"<p{styled('para')}>{image}{caption}</p>"
