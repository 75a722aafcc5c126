"""How much a filled PDF may hold, and what is said when it is not read."""

from __future__ import annotations

from typing import Final

LARGEST: Final = 20 * 1024 * 1024
MOST_PAGES: Final = 200
# Fields and their widgets, all levels counted.
MOST_FIELDS: Final = 20_000
DEEPEST: Final = 20
# Characters of one field, and of all.
LONGEST_TEXT: Final = 1_000_000
MOST_TEXT: Final = 5_000_000
# What a stream may grow to when it is unpacked.
LARGEST_STREAM: Final = 40_000_000


class Unreadable(Exception):
    """The file is not read. code: as in `filled.PdfRefused`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
