"""What may stand in the head of a mail, and how an address is compared. Pure: no Django here."""

from __future__ import annotations

import unicodedata

# Line and paragraph separators end a line for some readers of mail, though they are no control characters.
_SEPARATORS = frozenset("\u2028\u2029")


def is_one_line(text: str) -> bool:
    """Whether a text can stand in a header: no line break, no NUL, no other control character.

    A line break there would begin a header of the writer's own choosing (RFC 5322, section 2.2).
    """
    return not any(unicodedata.category(sign) == "Cc" or sign in _SEPARATORS for sign in text)


def folded(address: str) -> str:
    """An address as it is kept and compared: no space around it, small letters.

    RFC 5321 lets the part before the @ tell capitals apart; no mail server that schools use does, and people mix them.
    """
    return address.strip().lower()


def domain_of(address: str) -> str:
    """The receiving domain, in small letters; empty if there is none."""
    return folded(address).rpartition("@")[2] if "@" in address else ""
