"""What is wrong in a definition: each fault with its place and a code; told together, never one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# More than these tell nobody anything; a definition of junk has as many as it is long.
MOST_FAULTS: Final = 200
_LONGEST: Final = 120


@dataclass(frozen=True)
class Fault:
    """Something wrong in a definition.

    where: `name`, `sections.<section>`, `sections.<section>.<question>`, `….<column>`, each with the word it stands at
    after it (`sections.background.pupils.least`); what has no usable key stands by its number, from 1.
    code: see `queries.words.FAULTS`; detail: what was found, or what is allowed.
    """

    where: str
    code: str
    detail: str = ""


class DefinitionRefused(ValueError):
    """A definition with faults, all of them (at most `MOST_FAULTS`)."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.where}: {fault.code} {fault.detail}".strip() for fault in self.faults))


def told(value: object) -> str:
    """Something found, as a short text; a list or table, however deep, only as what it is."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool) or value is None:
        text = {True: "true", False: "false", None: ""}[value]
    elif isinstance(value, int) and abs(value) >= 10**30:
        text = "…"
    elif isinstance(value, int | float):
        text = str(value)
    else:
        text = "[…]" if isinstance(value, list | tuple) else "{…}"
    printable = "".join(sign if sign.isprintable() else "·" for sign in text[:_LONGEST])
    return printable + ("…" if len(text) > _LONGEST else "")


def place(*parts: object) -> str:
    """Where something stands: the parts with points between, empty ones left out."""
    return ".".join(str(part) for part in parts if part != "")
