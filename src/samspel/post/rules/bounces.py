"""What a mail server tells of a mail that did not arrive: which, to whom, for good or for now. Pure: no Django here.

Delivery status notifications as RFC 3464 has them; and the odd ones: without a status part, without the returned mail,
with our Message-ID in the words alone. Status codes are those of RFC 3463 and its registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final
from uuid import UUID

from samspel.post.rules import mail_words, mails
from samspel.post.rules.mails import Leaf, Mail

# Soft bounces within so many days that together count as hard; then the address cools off.
SOFT_IS_HARD_AT: Final = 3
SOFT_DAYS: Final = 14

# Words are looked through so far and no further.
_MOST_WORDS: Final = 60_000
_MOST_RECIPIENTS: Final = 100

_OUR_KEY: Final = re.compile(r"(?i)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@[a-z0-9.-]")
_RETURNED_ID: Final = re.compile(r"(?im)^(?:original-)?message-id:\s*<?([0-9a-f-]{36})@")
_KEY_IN_ADDRESS: Final = re.compile(r"(?i)\+([0-9a-f]{32})@")
_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE: Final = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -])")
_GONE: Final = re.compile(
    r"(?i)(user|recipient|mailbox|address|account)( is)? (unknown|not found|does(n't| not) exist|disabled)|"
    r"(unknown|no such) (user|recipient|address|mailbox)|host (or domain name )?not found|"
    r"(okänd|ogiltig) (mottagare|adress)|finns inte"
)

# Permanent by their first figure, yet not about the address: full, too large, junk, content, our own side's fault.
_PASSING: Final = frozenset({"5.2.2", "5.2.3", "5.1.7", "5.1.8", "5.4.5", "5.4.6"})
_PASSING_SUBJECTS: Final = frozenset({"3", "5", "6", "7"})


class Verdict(Enum):
    """What a mail in the mailbox of bounces is."""

    BOUNCE = "bounce"
    # It is still tried, or it arrived: nothing to do.
    NEWS = "news"
    # Somebody is away.
    AUTO_REPLY = "auto_reply"
    OTHER = "other"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Bounce:
    """One mail that did not reach one address. key: our message, if told. code: as `5.1.1`, or `unknown`."""

    key: UUID | None
    recipient: str
    is_hard: bool
    code: str


@dataclass(frozen=True)
class Read:
    """What a mail was, and what it tells."""

    verdict: Verdict
    bounces: tuple[Bounce, ...] = ()
    message_id: str = ""


def read(raw: bytes) -> Read:
    """What a mail in the mailbox of bounces tells. Never raises."""
    mail = mails.parsed(raw)
    message_id = mail.header("message-id")[:400]
    if not mail_words.is_bounce(mail):
        if mail_words.is_auto_reply(mail):
            return Read(Verdict.AUTO_REPLY, message_id=message_id)
        return Read(Verdict.OTHER if mail.headers and mail.is_whole else Verdict.UNREADABLE, message_id=message_id)
    key = _key(mail)
    reports = list(_reports(mail))
    if reports:
        found = tuple(_reported(report, key) for report in reports if report.get("action", "failed") == "failed")
        return Read(Verdict.BOUNCE if found else Verdict.NEWS, found, message_id)
    if not mail.leaves:
        return Read(Verdict.UNREADABLE, message_id=message_id)
    told = _told(mail, key)
    return Read(Verdict.BOUNCE if told else Verdict.OTHER, (told,) if told else (), message_id)


def is_hard(status: str, words: str = "") -> bool:
    """Whether the address itself is gone. A class 5 about the mail, the policy or a full box is no word on that."""
    if status in ("", "5.0.0"):
        return bool(_GONE.search(words))
    if not status.startswith("5."):
        return False
    if status in ("5.3.0", "5.5.0", "5.7.0") or status.split(".")[1] in _PASSING_SUBJECTS:
        return bool(_GONE.search(words))
    return status not in _PASSING


def _reports(mail: Mail) -> Iterator[dict[str, str]]:
    """Each recipient's block of the status part, its fields by name in small letters."""
    for leaf in mail.leaves:
        if leaf.type in ("message/delivery-status", "message/global-delivery-status"):
            blocks = re.split(r"\n[ \t]*\n", re.sub(r"\r\n?", "\n", leaf.words[:_MOST_WORDS]))
            for block in blocks[:_MOST_RECIPIENTS]:
                fields = _fields(block)
                if "final-recipient" in fields or "original-recipient" in fields:
                    yield fields


def _fields(block: str) -> dict[str, str]:
    unfolded = re.sub(r"\n[ \t]+", " ", block)
    rows = (row.partition(":") for row in unfolded.split("\n"))
    return {name.strip().lower(): " ".join(value.split()) for name, colon, value in rows if colon}


def _reported(fields: dict[str, str], key: UUID | None) -> Bounce:
    diagnosis = fields.get("diagnostic-code", "")
    status = _status(fields.get("status", ""), diagnosis)
    recipient = fields.get("original-recipient") or fields.get("final-recipient", "")
    return Bounce(key, _address(recipient), is_hard(status, diagnosis), status or _reply_code(diagnosis))


def _status(given: str, diagnosis: str) -> str:
    """The status; where the server was vague (5.0.0) or silent, what its own words say."""
    first = _STATUS.search(given)
    second = _STATUS.search(diagnosis)
    if first and (first[1] not in ("5.0.0", "4.0.0") or not second):
        return first[1]
    return second[1] if second else ""


def _reply_code(words: str) -> str:
    found = _REPLY_CODE.search(words)
    return f"smtp-{found[1]}" if found else "unknown"


def _told(mail: Mail, key: UUID | None) -> Bounce | None:
    """What a bounce without a status part tells, in its words; None if it tells neither mail nor address."""
    words = _own_words(mail)
    recipient = _address(mail.header("x-failed-recipients")) or _address_within(words, mail)
    if key is None and not recipient:
        return None
    status = _status("", words)
    return Bounce(key, recipient, is_hard(status, words), status or _reply_code(words))


def _own_words(mail: Mail) -> str:
    return "\n".join(leaf.words for leaf in mail.leaves if _is_words(leaf))[:_MOST_WORDS]


def _is_words(leaf: Leaf) -> bool:
    return leaf.type.startswith("text/") and leaf.type not in ("text/rfc822-headers", "text/html")


def _key(mail: Mail) -> UUID | None:
    """Our message: by the address the bounce came to, the returned head, or a Message-ID of ours anywhere in it."""
    for field in ("to", "delivered-to", "x-original-to"):
        if found := _KEY_IN_ADDRESS.search(mail.header(field)):
            return UUID(found[1])
    returned = [
        leaf for leaf in mail.leaves if leaf.type in ("message/rfc822", "message/global", "text/rfc822-headers")
    ]
    places = [(leaf, _RETURNED_ID) for leaf in returned] + [(leaf, _OUR_KEY) for leaf in mail.leaves]
    for leaf, pattern in places:
        if found := pattern.search(leaf.words[:_MOST_WORDS]):
            return _uuid(found[1])
    answered = f"{mail.header('in-reply-to')} {mail.header('references')}"
    return _uuid(found[1]) if (found := _OUR_KEY.search(answered)) else None


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def _address(field: str) -> str:
    """The address of `rfc822; asa@kommunen.example`, small; empty if it is none."""
    found = mail_words.ADDRESS.search(field.rpartition(";")[2])
    return found[0].lower() if found else ""


def _address_within(words: str, mail: Mail) -> str:
    """The first address in the words that is neither ours nor the server's own."""
    known = {address.lower() for field in ("from", "to") for address in mail_words.ADDRESS.findall(mail.header(field))}
    for address in mail_words.ADDRESS.findall(words)[:_MOST_RECIPIENTS]:
        if address.lower().strip(".") not in known and not _OUR_KEY.match(address + "x"):
            return str(address.lower().strip("."))
    return ""
