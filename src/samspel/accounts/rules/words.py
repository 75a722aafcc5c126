"""What a person writes of herself, made into one clean line: names and telephone numbers. Pure: no Django here."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST_NAME: Final = 200
LONGEST_PHONE: Final = 40
# Invisible signs that turn the reading direction or hide letters; the joiners of some scripts are not among them.
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PHONE = re.compile(r"\+?[0-9][0-9 ()/-]*(?: ?(?:anknytning|ankn\.?|ext\.?|x) ?[0-9]{1,6})?", re.IGNORECASE)


def one_line(text: str) -> str:
    """The text on one line, without control signs and signs that cannot be seen."""
    spaced = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    return " ".join(_HIDDEN.sub("", spaced).split())


def fault_of_name(name: str) -> str:
    """What is wrong with a clean name, as a code; empty when nothing is: "missing", "long" or "letters"."""
    if not name:
        return "missing"
    if len(name) > LONGEST_NAME:
        return "long"
    return "" if any(sign.isalpha() for sign in name) else "letters"


def fault_of_phone(phone: str) -> str:
    """What is wrong with a clean telephone number, as a code; none at all is right: "long" or "shape"."""
    if len(phone) > LONGEST_PHONE:
        return "long"
    return "" if not phone or _PHONE.fullmatch(phone) else "shape"
