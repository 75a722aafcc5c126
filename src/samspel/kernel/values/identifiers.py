"""Organization numbers and the codes of municipalities, counties and school units.

Organization number: ten digits, the last a check digit (Luhn), the third never below 2, which keeps it apart
from a personal number (Swedish Tax Agency, SKV 709). Codes are strings: the leading zero is part of them.
"""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s\-‐-―−]")


class IdentifierRefused(ValueError):
    """What was given is not such an identifier. `code` is shape, personal_number or check_digit."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def has_valid_check_digit(digits: str) -> bool:
    """Whether the last of the digits is the Luhn check digit of those before it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def parse_organization_number(text: str) -> str:
    """Ten digits from text with or without hyphen, blanks or the prefix 16 of legal persons.

    Raises IdentifierRefused: shape, personal_number (the number of a private person), check_digit.
    """
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        raise IdentifierRefused("shape")
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if len(digits) == 12 and digits[:2] in ("18", "19", "20"):
        raise IdentifierRefused("personal_number")
    if len(digits) != 10:
        raise IdentifierRefused("shape")
    if digits[2] < "2":
        raise IdentifierRefused("personal_number")
    if not has_valid_check_digit(digits):
        raise IdentifierRefused("check_digit")
    return digits


def format_organization_number(digits: str) -> str:
    """`2120000142` written as people read it: `212000-0142`."""
    return f"{digits[:6]}-{digits[6:]}"


def is_municipality_code(text: str) -> bool:
    """Whether text has the shape of a municipality code: four ASCII digits."""
    return len(text) == 4 and text.isascii() and text.isdigit()


def is_school_unit_code(text: str) -> bool:
    """Whether text has the shape of a school-unit code: eight digits, the first not zero."""
    return len(text) == 8 and text.isascii() and text.isdigit() and text[0] != "0"
