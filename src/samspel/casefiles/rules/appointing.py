"""Whether a mail appoints a coordinator, and whom: a proposal that a person looks at. Pure: no Django here.

Written for Swedish as organizers write it ("Vi har utsett …", "ny samordnare blir …", "byte av samordnare").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_COORDINATOR = re.compile(r"\bsamordnar\w*", re.IGNORECASE)
_APPOINTS = re.compile(
    r"\b(?:utse\w*|utsett|utnämn\w*|ny|nya|nytt|byte\w*|byter|ersätt\w*|efterträd\w*|tar över|tillträd\w*|anmäl\w*)\b",
    re.IGNORECASE,
)
_NAME = r"([A-ZÅÄÖÉ][\wåäöéü'-]+(?:[ ]+(?:af|av|von|de)?[ ]*[A-ZÅÄÖÉ][\wåäöéü'-]+){1,2})"
_AFTER = re.compile(
    r"(?:utse[rt]?t?|utsett|utnämnt|heter|blir|är|namn\s*:|samordnare\s*:|ersätts av|efterträds av)\s+"
    r"(?i:numera\s+|nu\s+)?" + _NAME
)
_BEFORE = re.compile(_NAME + r"\s+(?:tar över|har utsetts|är utsedd|efterträder|ersätter|tillträder|blir ny)")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+46|\b0)[\d\s-]{6,14}\d")
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_WRITTEN_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})(?:\s+(20\d\d))?", re.IGNORECASE)


@dataclass(frozen=True)
class Proposed:
    """Who seems to be appointed, from when; empty where the mail does not say."""

    name: str
    email: str
    phone: str
    from_on: date | None


def seems_to_appoint(subject: str, words: str) -> bool:
    """Whether somebody seems to be made coordinator. Only ever a hint: a person decides."""
    text = f"{subject}\n{words}"
    return bool(_COORDINATOR.search(text) and _APPOINTS.search(text))


def proposed(words: str, *, sender_address: str, sender_name: str, today: date) -> Proposed:
    """Whom the mail names: the first name after a word of appointing, and an address that is not the sender's.

    Where it names nobody else the sender means herself.
    """
    named = _AFTER.search(words) or _BEFORE.search(words)
    addresses = [one.lower().rstrip(".") for one in _ADDRESS.findall(words)]
    others = [one for one in addresses if one != sender_address.lower()]
    phone = _PHONE.search(words)
    is_sender = named is None and not others
    return Proposed(
        name=sender_name if is_sender else (" ".join(named[1].split()) if named else ""),
        email=others[0] if others else (sender_address if is_sender else ""),
        phone=" ".join(phone[0].split()) if phone else "",
        from_on=_day(words, today),
    )


def _day(words: str, today: date) -> date | None:
    if iso := _ISO.search(words):
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    written = _WRITTEN_DAY.search(words)
    if written is None:
        return None
    month = _MONTHS.index(written[2].lower()) + 1
    if written[3]:
        return _made(int(written[3]), month, int(written[1]))
    # A day without a year is the one nearest to the mail.
    found = [
        day for year in (today.year - 1, today.year, today.year + 1) if (day := _made(year, month, int(written[1])))
    ]
    return min(found, key=lambda day: abs(day - today), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
