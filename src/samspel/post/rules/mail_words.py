"""A mail in, as words: who wrote what to whom, in answer to what, and with which files. Pure: no Django here."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from samspel.post.rules import mails
from samspel.post.rules.mails import Leaf, Mail
from samspel.post.rules.notices import lines, one_line

MOST_HTML: Final = 2_000_000
LONGEST_NAME: Final = 150

ADDRESS: Final = re.compile(
    r"[^@\s<>(),;:\"\\\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,64}@[^@\s<>(),;:\"\\\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,189}"
)
_MESSAGE_ID: Final = re.compile(r"<[\x21-\x3b=\x3f-\x7e]{1,390}>")
_AUTO_SUBJECT: Final = re.compile(
    r"(?i)^\W*(autosvar|automatiskt svar|automatic reply|auto(matic)?[- ]?reply|out of (the )?office|frånvaro)\b"
)
_BOUNCERS: Final = re.compile(r"(?i)^(mailer-daemon|postmaster|mail-daemon)@")

# Where an earlier mail begins below an answer.
_DIVIDER: Final = re.compile(
    r"(?i)^\s*-{2,}\s*(original message|ursprungligt meddelande|vidarebefordrat (brev|meddelande)|forwarded message)"
    r"\s*-{2,}\s*$"
)
_ATTRIBUTION: Final = re.compile(
    r"(?i)^\s*(on\b.{5,200}\bwrote|(den|på|mån|tis|ons|tors?|fre|lör|sön)\b.{5,200}\bskrev\b.{0,120})\s*:\s*$"
)
_HEADER_LINE: Final = re.compile(
    r"(?i)^\s*\*?(from|från|sent|skickat|date|datum|to|till|subject|ämne|cc|kopia)\s*:\*?\s*\S"
)
_FROM_LINE: Final = re.compile(r"(?i)^\s*\*?(from|från)\s*:\*?\s*\S")


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail. declared_type is the sender's word for it and proves nothing."""

    name: str
    content: bytes
    declared_type: str


@dataclass(frozen=True)
class MailWords:
    """What a mail says. words: what is new in it; history: the earlier mails below; nothing of either is lost.

    date: as the sender's clock had it, None if it cannot be read. message_id, in_reply_to and references with their
    brackets. is_whole: False if a part of it could not be read.
    """

    subject: str
    from_name: str
    from_address: str
    to: tuple[str, ...]
    date: datetime | None
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    words: str
    history: str
    attachments: tuple[Attachment, ...]
    reply_to: str = ""
    is_auto_reply: bool = False
    is_bounce: bool = False
    is_whole: bool = True


def read(raw: bytes) -> MailWords:
    """What these bytes say. Never raises."""
    return words_of(mails.parsed(raw))


def words_of(mail: Mail) -> MailWords:
    """What a mail says, taken apart already."""
    name, address = _first_address(mail.header("from"))
    bodies = [leaf for leaf in mail.leaves if _is_body(leaf)]
    words, history = split(_body(bodies))
    answered = _MESSAGE_ID.findall(mail.header("in-reply-to"))
    return MailWords(
        subject=one_line(mail.header("subject")),
        from_name=name,
        from_address=address,
        to=tuple(found for field in ("to", "cc") for _, found in _addresses(mail.header(field))),
        date=_date(mail.header("date")),
        message_id=next(iter(_MESSAGE_ID.findall(mail.header("message-id"))), ""),
        in_reply_to=answered[0] if answered else "",
        references=tuple(_MESSAGE_ID.findall(mail.header("references"))),
        words=words,
        history=history,
        attachments=_attachments([leaf for leaf in mail.leaves if not _is_body(leaf)]),
        reply_to=_first_address(mail.header("reply-to"))[1],
        is_auto_reply=is_auto_reply(mail),
        is_bounce=is_bounce(mail),
        is_whole=mail.is_whole,
    )


def is_auto_reply(mail: Mail) -> bool:
    """Whether a machine answered for somebody (RFC 3834, 5; and what older machines write).

    A mail that a machine wrote of itself (auto-generated, as from a form on the web) is no answer. A subject alone is
    a mark on an answer only: people write of absence too.
    """
    if is_bounce(mail):
        return False
    submitted = mail.header("auto-submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no", "auto-generated"):
        return True
    if mail.header("x-autoreply") or mail.header("x-autorespond") or mail.header("x-auto-reply"):
        return True
    if mail.header("precedence").lower() == "auto_reply":
        return True
    is_answer = bool(mail.header("in-reply-to") or mail.header("references"))
    return is_answer and bool(_AUTO_SUBJECT.match(mail.header("subject")))


def is_bounce(mail: Mail) -> bool:
    """Whether a mail server tells that a mail did not arrive (RFC 3464), or looks as if it did."""
    if mail.type == "multipart/report" and mail.report_type in ("delivery-status", ""):
        return True
    if any(leaf.type == "message/delivery-status" for leaf in mail.leaves):
        return True
    return bool(_BOUNCERS.match(_first_address(mail.header("from"))[1])) or bool(mail.header("x-failed-recipients"))


def split(body: str) -> tuple[str, str]:
    """What is new, and the earlier mails below it. All is new if nothing stands above, or somebody answers within."""
    rows = body.split("\n")
    at = _where_history_begins(rows)
    above, below = "\n".join(rows[:at]).strip(), "\n".join(rows[at:]).strip()
    if not above:
        return body.strip(), ""
    return above, below


def _where_history_begins(rows: Sequence[str]) -> int:
    for number, row in enumerate(rows):
        if _DIVIDER.match(row) or _is_header_block(rows, number):
            return number
        if _is_attribution(rows, number) and not _is_answered_within(rows[number + 1 :]):
            return number
        if row.startswith(">") and not _is_answered_within(rows[number:]):
            return number
    return len(rows)


def _is_header_block(rows: Sequence[str], number: int) -> bool:
    """Three lines or more such as From:, Sent:, To:, as Outlook lays them above what is answered."""
    return (
        bool(_FROM_LINE.match(rows[number]))
        and sum(bool(_HEADER_LINE.match(row)) for row in rows[number : number + 6]) >= 3
    )


def _is_attribution(rows: Sequence[str], number: int) -> bool:
    """`On 3 May 2026 at 10:12 Anna wrote:`, on one line or broken over two."""
    if _ATTRIBUTION.match(rows[number][:400]):
        return True
    return number + 1 < len(rows) and bool(_ATTRIBUTION.match(f"{rows[number][:200]} {rows[number + 1][:200]}"))


def _is_answered_within(rows: Sequence[str]) -> bool:
    """Whether lines that are not quoted stand below quoted ones."""
    is_quoted = False
    for row in rows:
        if row.startswith(">"):
            is_quoted = True
        elif row.rstrip() == "--":
            return False
        elif is_quoted and row.strip() and not _ATTRIBUTION.match(row[:400]):
            return True
    return False


def _is_body(leaf: Leaf) -> bool:
    return leaf.type in ("text/plain", "text/html") and not leaf.is_attachment and not leaf.name


def _body(bodies: Sequence[Leaf]) -> str:
    plain = "\n\n".join(leaf.words for leaf in bodies if leaf.type == "text/plain")
    if plain.strip():
        return lines(plain)
    return lines("\n\n".join(_from_html(leaf.words) for leaf in bodies if leaf.type == "text/html"))


def _from_html(markup: str) -> str:
    """The words of HTML. Scripts, styles and addresses of pictures are no words."""
    from inscriptis import get_text

    kept = re.sub(r"(?is)<\?xml[^>]*\?>|\x00", "", markup[:MOST_HTML])
    try:
        return str(get_text(kept)) if kept.strip() else ""
    except Exception:
        # lxml and inscriptis raise of many kinds on markup made to hurt; tags fall away by hand then.
        return re.sub(r"<[^<>]*>", " ", kept)


def _attachments(leaves: Sequence[Leaf]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(_file_name(leaf, number), leaf.content, leaf.type) for number, leaf in enumerate(leaves, start=1)
    )


def _file_name(leaf: Leaf, number: int) -> str:
    """A name without folders and signs that turn; the end of a long one is kept, since its kind stands there."""
    named = one_line(re.split(r"[/\\]", leaf.name)[-1]).strip(". ")
    if named:
        return named if len(named) <= LONGEST_NAME else named[: LONGEST_NAME - 20] + "…" + named[-19:]
    kind = ".eml" if leaf.type == "message/rfc822" else (mimetypes.guess_extension(leaf.type) or "")
    return f"attachment-{number}{kind}"


def _addresses(value: str) -> list[tuple[str, str]]:
    try:
        found = getaddresses([value])
    except (ValueError, IndexError, TypeError, AttributeError):
        found = []
    good = [(one_line(name), address) for name, address in found if ADDRESS.fullmatch(address)]
    if good or "@" not in value:
        return good
    return [("", address) for address in ADDRESS.findall(value)[:50]]


def _first_address(value: str) -> tuple[str, str]:
    return next(iter(_addresses(value)), ("", ""))


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
