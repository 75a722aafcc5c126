"""What keeps a document from being registered, and what is worth a warning. Pure: no Django here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

IN, OUT, DRAWN_UP = "in", "out", "drawn_up"
FILE_NOTE: Final = "file_note"
# Ways that leave no trace in the system of their own: somebody enters for another.
TOLD: Final = frozenset({"phone", "visit", "post"})
# Nobody writes a document older than this into the diary by intent.
EARLIEST: Final = date(1900, 1, 1)

# Each code is one sentence in `operations.refusals`.
NO_TITLE = "no_title"
NO_CONTENT = "no_content"
NO_WORDS = "no_words"
NO_COUNTERPART = "no_counterpart"
DAY_AHEAD = "day_ahead"
DAY_LONG_AGO = "day_long_ago"
NO_SAID_BY = "no_said_by"
NO_SAID_ON = "no_said_on"
SAID_AHEAD = "said_ahead"
SECRET_WITHOUT_GROUND = "secret_without_ground"

PERSONAL_NUMBER = "personal_number"
MAIL_ADDRESS = "mail_address"
TELEPHONE = "telephone"
NAMED_PERSON = "named_person"


@dataclass(frozen=True)
class Facts:
    """What the rules ask about a document that somebody wants to register; `today` is the Swedish day."""

    direction: str
    kind: str
    channel: str
    title: str
    on: date
    today: date
    has_file: bool = False
    words: str = ""
    has_counterpart: bool = False
    is_secret: bool = False
    secrecy_ground: str = ""
    said_by: str = ""
    said_on: date | None = None


def obstacles(facts: Facts) -> list[str]:
    """Everything that keeps it from being registered, as codes, in the order of the form."""
    found = {
        NO_TITLE: not facts.title.strip(),
        DAY_AHEAD: facts.on > facts.today,
        DAY_LONG_AGO: facts.on < EARLIEST,
        NO_COUNTERPART: facts.direction in (IN, OUT) and not facts.has_counterpart,
        NO_WORDS: facts.kind == FILE_NOTE and not facts.words.strip(),
        NO_CONTENT: facts.kind != FILE_NOTE and not facts.has_file and not facts.words.strip(),
        NO_SAID_BY: is_entered_for_another(facts) and not facts.said_by.strip(),
        NO_SAID_ON: is_entered_for_another(facts) and facts.said_on is None,
        SAID_AHEAD: facts.said_on is not None and facts.said_on > facts.today,
        SECRET_WITHOUT_GROUND: facts.is_secret and not facts.secrecy_ground.strip(),
    }
    return [code for code, is_so in found.items() if is_so]


def is_entered_for_another(facts: Facts) -> bool:
    """Whether what she writes was said or sent by somebody else, outside the system."""
    return facts.channel in TOLD and facts.direction != OUT


_PATTERNS: Final = (
    # With or without the century; a coordination number has 60 added to its day.
    (
        PERSONAL_NUMBER,
        re.compile(r"(?<!\d)(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])[-+ ]?\d{4}(?!\d)"),
    ),
    (MAIL_ADDRESS, re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")),
    (TELEPHONE, re.compile(r"(?<!\d)(?:\+46|0)[\s-]?\d{1,3}[\s-]?\d{2,3}(?:[\s-]?\d{2}){2}(?!\d)")),
)


def warnings(title: str, *, names: tuple[str, ...] = ()) -> list[str]:
    """What a title for the public diary should not hold, as codes: it names no private person.

    names: people the document is from, to or about.
    """
    found = [code for code, pattern in _PATTERNS if pattern.search(title)]
    folded = title.casefold()
    if any(name.strip() and name.strip().casefold() in folded for name in names):
        found.append(NAMED_PERSON)
    return found
