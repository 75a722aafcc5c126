"""What is pasted into a named list, line by line: addresses with or without a name, organizers by number or name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number

MOST_LINES: Final = 2_000
_LONGEST: Final = 500
_IN_BRACKETS: Final = re.compile(r"^(?P<name>[^<>]*)<(?P<address>[^<>\s]+@[^<>\s]+)>$")
_COLUMNS: Final = re.compile(r"[\t;,]")


@dataclass(frozen=True)
class Line:
    """One line that says something. number: from 1, as pasted. One of address, organization number and words."""

    number: int
    text: str
    address: str = ""
    name: str = ""
    organization_number: str = ""
    # What may be an organizer's name.
    words: str = ""


def lines(pasted: str) -> list[Line]:
    """The lines in order, without empty ones; a line break of any kind ends one."""
    found = (_line(number, text) for number, text in enumerate(pasted.replace("\x00", "").splitlines(), start=1))
    return [line for line in found if line is not None]


def _line(number: int, raw: str) -> Line | None:
    text = " ".join(raw.replace("\t", " \t ").split(" ")).strip()[:_LONGEST]
    if not text:
        return None
    if bracketed := _IN_BRACKETS.match(" ".join(text.split())):
        name = bracketed["name"].strip().strip('"')
        return Line(number, text, address=bracketed["address"].lower(), name=name)
    parts = [" ".join(part.split()).strip('"') for part in _COLUMNS.split(text)]
    addresses = [part for part in parts if "@" in part]
    if len(addresses) == 1:
        name = " ".join(part for part in parts if part and part != addresses[0])
        return Line(number, text, address=addresses[0].lower(), name=name)
    try:
        return Line(number, text, organization_number=parse_organization_number(parts[0]))
    except IdentifierRefused:
        return Line(number, text, words=" ".join(text.split()))
