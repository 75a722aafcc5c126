"""What is typed of somebody who is to come in: name, address, telephone, title. Pure: no Django here.

Everything here ends in a mail's heading, a list or an address line, so each is one line without control signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

NAME_MOST: Final = 200
MAIL_MOST: Final = 254
PHONE_MOST: Final = 40
TITLE_MOST: Final = 200

# Control signs, line and paragraph separators, and marks that turn the reading direction.
_NOT_ONE_LINE = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]")
_MARKUP = re.compile(r"[<>]")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([^\W_]([\w-]*[^\W_])?\.)+[^\W_]([\w-]*[^\W_])", re.UNICODE)
_PHONE = re.compile(r"\+?[\d\s()/-]{5,40}")

# What is wrong, by code; the words stand with the forms and the pages.
NOT_ONE_LINE: Final = "not_one_line"
MARKUP: Final = "markup"
EMPTY: Final = "empty"
TOO_LONG: Final = "too_long"
NO_ADDRESS: Final = "no_address"
NO_PHONE: Final = "no_phone"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one thing typed: which (name, email, phone, title), the code, and what stood there."""

    field: str
    code: str
    stood: str = ""


def line_fault(text: str, most: int) -> str:
    """The code of what keeps a text from standing on one line; empty if nothing does."""
    if _NOT_ONE_LINE.search(text):
        return NOT_ONE_LINE
    if _MARKUP.search(text):
        return MARKUP
    return TOO_LONG if len(text) > most else ""


def is_mail_address(text: str) -> bool:
    """Whether a text is one mail address and nothing else: no heading, no second address, no display name."""
    local, at, domain = text.rpartition("@")
    if not at or len(text) > MAIL_MOST or _NOT_ONE_LINE.search(text):
        return False
    return len(local) <= 64 and bool(_LOCAL.fullmatch(local)) and bool(_DOMAIN.fullmatch(domain))


def faults(*, name: str, email: str, phone: str = "", title: str = "") -> list[Fault]:
    """Everything that is wrong with what was typed of a person, in the order name, address, telephone, title."""
    found = []
    if code := line_fault(name, NAME_MOST) or ("" if name.strip() else EMPTY):
        found.append(Fault("name", code, name))
    if not is_mail_address(email):
        found.append(Fault("email", NO_ADDRESS if email.strip() else EMPTY, email))
    if phone and not _PHONE.fullmatch(phone):
        found.append(Fault("phone", NO_PHONE, phone))
    if code := line_fault(title, TITLE_MOST):
        found.append(Fault("title", code, title))
    return found
