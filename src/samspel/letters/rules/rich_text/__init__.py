"""The text of a letter: a little Markdown in, and the same words out as web page, mail, plain text and paper.

`read` makes a tree of the parts that a letter may have; every form that is shown is made of that tree, so that none can
hold what another does not, and nothing a writer types can become markup.
"""

from samspel.letters.rules.rich_text.addresses import is_allowed
from samspel.letters.rules.rich_text.faults import MARKUP, NOT_ALLOWED, PICTURE, TextFault, faults
from samspel.letters.rules.rich_text.paper import parts
from samspel.letters.rules.rich_text.plain import text, wrapped
from samspel.letters.rules.rich_text.reading import read
from samspel.letters.rules.rich_text.tree import Heading, Listing, Paragraph, Part, Quote, Run, Table, levelled, links
from samspel.letters.rules.rich_text.web import html

__all__ = [
    "MARKUP",
    "NOT_ALLOWED",
    "PICTURE",
    "Heading",
    "Listing",
    "Paragraph",
    "Part",
    "Quote",
    "Run",
    "Table",
    "TextFault",
    "faults",
    "html",
    "is_allowed",
    "levelled",
    "links",
    "parts",
    "read",
    "text",
    "wrapped",
]
