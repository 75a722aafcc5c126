"""How much can be written in each field: lines on the page, characters in the field, rows in a table."""

from __future__ import annotations

from typing import Final, NamedTuple

from samspel.forms.rules.definitions import Question, Type

# A line of the page holds some 85 signs of running text; fewer are promised, so that what is promised is seen.
IN_A_LINE: Final = 75
SHORT: Final = 500
MORE_LINES: Final = 40
MOST_CELL_LINES: Final = 20
_SIGNS_OF_A_WORD: Final = 8


class Room(NamedTuple):
    """Lines on the page, and characters in the field."""

    lines: int
    length: int


WHOLE_PAGE: Final = Room(MORE_LINES, MORE_LINES * IN_A_LINE)


def of_text(question: Question) -> tuple[Room, Room | None]:
    """A long text's room, and that of its continuation: none where all that may be written has room at once."""
    first = Room(question.pdf_lines, question.pdf_lines * IN_A_LINE)
    most = _most(question)
    if most is not None and most <= first.length:
        return Room(_lines(most), most), None
    rest = MORE_LINES * IN_A_LINE if most is None else min(MORE_LINES * IN_A_LINE, most - first.length)
    return first, Room(_lines(rest), rest)


def _most(question: Question) -> int | None:
    """How many characters the definition lets somebody write, at the most."""
    limits = question.limits
    if limits.max_characters is not None:
        return limits.max_characters
    return limits.max_words * _SIGNS_OF_A_WORD if limits.max_words is not None else None


def _lines(length: int) -> int:
    return max(2, -(-length // IN_A_LINE))


def divided(text: str, lines: int) -> tuple[str, str]:
    """What of a text stands in a field of so many lines, and what in its continuation.

    Broken between paragraphs alone, since reading the two together puts a line break between them. A first paragraph
    that has no room stands whole in the first field.
    """
    paragraphs = text.split("\n")
    best, used, has_words = 0, 0, False
    for place, paragraph in enumerate(paragraphs, 1):
        used += lines_of(paragraph)
        has_words = has_words or bool(paragraph.strip())
        # What ends in an empty line, or holds no words, would not be read back as it was.
        if has_words and paragraph and (used <= lines or not best):
            best = place
        if used > lines and best:
            break
    else:
        best = len(paragraphs) if used <= lines else best or len(paragraphs)
    return "\n".join(paragraphs[:best]), "\n".join(paragraphs[best:])


def lines_of(text: str, in_a_line: int = IN_A_LINE) -> int:
    """How many lines a text takes."""
    return sum(max(1, -(-len(paragraph) // in_a_line)) for paragraph in text.split("\n"))


def lines_of_cell(text: str, share: float, type_: str) -> int:
    """The lines of a cell with so much of the page's width: two of a short text, three of a long, or what it needs."""
    in_a_line = max(6, int(share * IN_A_LINE) - 3)
    return min(MOST_CELL_LINES, max(3 if type_ == Type.LONG_TEXT else 2, lines_of(text, in_a_line)))


def spare_rows(question: Question, written: int) -> tuple[int, int]:
    """How many empty rows stand in the table, and how many more on its continuation sheet: as many as it has rows.

    written: rows that are there. Nothing beyond the most rows that the question takes.
    """
    rows = max(question.pdf_rows, question.least_rows, written)
    here = max(0, min(rows, question.most_rows) - written)
    there = max(0, min(rows, question.most_rows - written - here))
    return here, there
