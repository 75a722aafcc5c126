"""What stands in a mail that came in, from its bytes. Pure, and it bears any mail: hostile, broken or empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from typing import Any

from inscriptis import get_text

# What is read of one mail; the original is kept whole elsewhere.
LONGEST_WORDS = 20_000
MOST_ATTACHMENTS = 30
MOST_PARTS = 200

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,390}>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Where the mail that is answered begins: "On … wrote:", "Den … skrev:", Outlook's rule and its head.
_HISTORY = re.compile(
    r"^(?:>.*|-{2,}\s*(?:Original Message|Ursprungligt meddelande|Vidarebefordrat).*|_{10,}\s*"
    r"|(?:On|Den|Le|Am)\s.{5,200}\b(?:wrote|skrev|écrit|schrieb)\b[^\n]{0,200}:\s*|(?:From|Från):\s.+)$",
    re.IGNORECASE | re.MULTILINE,
)
# RFC 3834 §5, and what older programs say.
_AUTO = ("auto-replied", "auto-generated", "auto-notified")


@dataclass(frozen=True)
class Attachment:
    """A file in a mail: what its sender called it and says it is, and its bytes."""

    name: str
    said_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A mail as read. `words` is what she wrote, `history` what she answered; `at` is in UTC, None if it says nothing.

    message_id and references carry their angle brackets; addresses are lower case.
    """

    subject: str
    from_address: str
    from_name: str
    to: tuple[str, ...]
    at: datetime | None
    message_id: str
    references: tuple[str, ...]
    words: str
    history: str
    attachments: tuple[Attachment, ...]
    is_auto_reply: bool
    is_bounce: bool


def read(content: bytes) -> Mail:
    """Read a mail. Never raises for what stands in it; what cannot be read is empty."""
    mail = message_from_bytes(content, policy=policy.compat32.clone())
    name, address = parseaddr(_header(mail, "From"))
    words, history = _split(_words(mail))
    return Mail(
        subject=_line(_header(mail, "Subject")),
        from_address=_address(address),
        from_name=_line(name)[:200],
        to=tuple(_address(one) for _name, one in getaddresses([_header(mail, "To"), _header(mail, "Cc")]) if one),
        at=_date(_header(mail, "Date")),
        message_id=next(iter(_ids(_header(mail, "Message-ID"))), ""),
        references=tuple(dict.fromkeys([*_ids(_header(mail, "In-Reply-To")), *_ids(_header(mail, "References"))])),
        words=words,
        history=history,
        attachments=tuple(_attachments(mail)),
        is_auto_reply=_is_auto_reply(mail),
        is_bounce=_is_bounce(mail),
    )


def _header(mail: Message[Any, Any], name: str) -> str:
    raw = mail.get(name)
    if raw is None:
        return ""
    try:
        return str(make_header(decode_header(str(raw))))
    except (ValueError, LookupError, UnicodeError):
        return str(raw).encode("utf-8", "replace").decode("utf-8", "replace")


def _line(text: str) -> str:
    return " ".join(_clean(text).split())[:300]


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.encode("utf-8", "replace").decode("utf-8", "replace"))


def _address(text: str) -> str:
    folded = _clean(text).strip().lower()
    return folded if "@" in folded and len(folded) <= 254 and not re.search(r"[\s<>,;\"]", folded) else ""


def _ids(text: str) -> list[str]:
    return _MESSAGE_ID.findall(text)


def _date(text: str) -> datetime | None:
    try:
        said = parsedate_to_datetime(text)
        return said.replace(tzinfo=said.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def _parts(mail: Message[Any, Any]) -> Iterator[Message[Any, Any]]:
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _is_attached(part: Message[Any, Any]) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _words(mail: Message[Any, Any]) -> str:
    for wanted in ("text/plain", "text/html"):
        for part in _parts(mail):
            if part.get_content_type() == wanted and not _is_attached(part):
                text = _text(part)
                return (_from_html(text) if wanted == "text/html" else text).strip()[:LONGEST_WORDS]
    return ""


def _text(part: Message[Any, Any]) -> str:
    payload = _bytes(part)
    try:
        text = payload.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError, ValueError):
        text = payload.decode("utf-8", "replace")
    return _clean(text.replace("\r\n", "\n"))


def _from_html(text: str) -> str:
    try:
        return _clean(get_text(text))
    except Exception:  # a parser's faults are many, and none of them is the reader's
        return _clean(re.sub(r"<[^>]*>", " ", text))


def _bytes(part: Message[Any, Any]) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, AssertionError, UnicodeError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _split(text: str) -> tuple[str, str]:
    """What was written now, and the mail that it answers."""
    found = _HISTORY.search(text)
    if found is None or not text[: found.start()].strip():
        return text, ""
    return text[: found.start()].strip(), text[found.start() :].strip()


def _attachments(mail: Message[Any, Any]) -> Iterator[Attachment]:
    found = (part for part in _parts(mail) if _is_attached(part))
    for number, part in enumerate(found):
        if number >= MOST_ATTACHMENTS:
            return
        try:
            name = part.get_filename() or ""
        except (ValueError, LookupError, UnicodeError):
            name = ""
        yield Attachment(_line(name)[:255], part.get_content_type(), _bytes(part))


def _is_auto_reply(mail: Message[Any, Any]) -> bool:
    said = _header(mail, "Auto-Submitted").lower()
    is_bulk = _header(mail, "Precedence").lower() in {"bulk", "junk", "list", "auto_reply"}
    return said.startswith(_AUTO) or bool(_header(mail, "X-Autoreply")) or is_bulk


def _is_bounce(mail: Message[Any, Any]) -> bool:
    is_report = mail.get_content_type() == "multipart/report"
    return is_report or _header(mail, "Return-Path").strip() == "<>"
