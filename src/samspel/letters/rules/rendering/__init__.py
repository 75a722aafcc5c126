"""A letter's blocks as web page, mail, plain text and paper: each of the same small block."""

from samspel.letters.rules.rendering.blocks import Dated, Pictured, ShownBlock, with_levels
from samspel.letters.rules.rendering.html import mail_block, web_block
from samspel.letters.rules.rendering.paper import paper_block
from samspel.letters.rules.rendering.plain import plain_block

__all__ = [
    "Dated",
    "Pictured",
    "ShownBlock",
    "mail_block",
    "paper_block",
    "plain_block",
    "web_block",
    "with_levels",
]
