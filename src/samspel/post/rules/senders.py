"""What a sender of one's own may be: what is wrong with it, field by field. Pure: no Django here."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from samspel.post.rules import colours
from samspel.post.rules.headers import domain_of, is_one_line

_ADDRESS: Final = re.compile(r"[^@\s<>(),;:\"\\]{1,64}@[^@\s<>(),;:\"\\]+\.[^@\s<>(),;:\"\\.]+")
_NOT_READ: Final = re.compile(r"(?i)^(no|do-?not|ej|svara?-?(ej|inte))[-_.]?(reply|svar)?[-_.]?(all)?@")


@dataclass(frozen=True)
class Wished:
    """A sender as somebody wants it."""

    name: str
    from_address: str
    reply_to: str
    colour: str
    signature: str


def faults(wished: Wished, *, domains: Collection[str]) -> dict[str, str]:
    """Field to a code of what is wrong with it; empty if all is well. domains: those our mail server may send for."""
    found = {
        "name": _name_fault(wished.name),
        "from_address": _from_fault(wished.from_address, domains),
        "reply_to": _reply_fault(wished.reply_to),
        "colour": _colour_fault(wished.colour),
        "signature": "" if is_one_line(wished.signature) else "line_break",
    }
    return {field: code for field, code in found.items() if code}


def _name_fault(name: str) -> str:
    if not name.strip():
        return "missing"
    if not is_one_line(name):
        return "line_break"
    # A name that looks like an address would be read as the one it comes from.
    return "looks_like_address" if "@" in name else ""


def _from_fault(address: str, domains: Collection[str]) -> str:
    if not _ADDRESS.fullmatch(address) or not is_one_line(address):
        return "not_an_address"
    return "" if domain_of(address) in {domain.lower() for domain in domains} else "foreign_domain"


def _reply_fault(address: str) -> str:
    if not _ADDRESS.fullmatch(address) or not is_one_line(address):
        return "not_an_address"
    return "not_read" if _NOT_READ.match(address) else ""


def _colour_fault(colour: str) -> str:
    if not colours.is_colour(colour):
        return "not_a_colour"
    return "" if colours.carries_white(colour) else "too_light"
