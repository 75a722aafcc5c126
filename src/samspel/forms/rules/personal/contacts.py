"""Telephone numbers and mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from samspel.forms.rules.personal.findings import Finding, Kind

_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(snabel-?a\))\s?(?:[\w-]{1,63}\.){1,8}[A-Za-zÅÄÖåäö]{2,24}(?![\w-])",
    re.IGNORECASE,
)
# As numbers are written here: a zero or an international prefix first; what has none is a code or an amount.
_BEGINS: Final = re.compile(r"\(?(?:0|\+)")
# From one time of day to another.
_TIMES: Final = re.compile(r"\d\d\.\d\d\s?[-–]\s?\d\d\.\d\d")
_SIGNS: Final = re.compile(r"[@\[(]")
_DIGITS: Final = re.compile(r"\d")


def mails(text: str) -> Iterator[Finding]:
    """Mail addresses, also those written with (at)."""
    if not _SIGNS.search(text):
        return
    for match in _MAIL.finditer(text):
        yield Finding(Kind.MAIL, match.start(), match.end())


def phones(text: str) -> Iterator[Finding]:
    """Telephone numbers that exist in the numbering plan, Swedish ones without a country code."""
    if not _DIGITS.search(text):
        return
    import phonenumbers

    for match in phonenumbers.PhoneNumberMatcher(text, "SE", leniency=phonenumbers.Leniency.VALID):
        if _BEGINS.match(match.raw_string) and not _TIMES.search(match.raw_string):
            yield Finding(Kind.PHONE, match.start, match.end)
