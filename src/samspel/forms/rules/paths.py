"""Where a value stands in an answer: `question`, `question/row` (that the row is there) or `question/row/column`.

The same path names the input on the page, the field row in the database and what two versions are compared by.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ROW = re.compile(r"[a-z0-9]{1,12}\Z")
LONGEST: Final = 140


class Path(NamedTuple):
    """The parts of a path; `row` and `column` are empty where there are none."""

    question: str
    row: str = ""
    column: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in self if part)


def parse(text: str) -> Path:
    """The parts of a path. Raises ValueError for what is none."""
    parts = text.split("/")
    if len(text) > LONGEST or not 1 <= len(parts) <= 3 or not all(parts):
        raise ValueError(text)
    if len(parts) > 1 and not _ROW.match(parts[1]):
        raise ValueError(text)
    return Path(*parts)


def cell(question: str, row: str, column: str) -> str:
    """The path of a cell."""
    return f"{question}/{row}/{column}"
