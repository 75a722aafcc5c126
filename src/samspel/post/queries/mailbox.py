"""The demo's mailbox: what its own mail server took in, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from samspel.kernel.values.sorting import search_key
from samspel.post.rules import mail_words, mails
from samspel.post.rules.mail_words import MailWords
from samspel.post.rules.mails import Mail


@dataclass(frozen=True)
class Row:
    """A mail in the list: its key, when it came, from whom, to whom, about what; `sought` is what a search looks in."""

    key: str
    at: datetime
    from_whom: str
    to_whom: str
    subject: str
    sought: str


@dataclass(frozen=True)
class Opened:
    """One mail: its row, what it says, its HTML if it has any, and its heads as they came."""

    row: Row
    said: MailWords
    html: str
    text: str
    headers: tuple[tuple[str, str], ...]
    raw: bytes


def rows(sought: str = "") -> list[Row]:
    """The mails in which all the words stand, newest first; files never change, so each is read once."""
    words = search_key(sought).split()
    found = (_row(path) for path in sorted(_folder().glob("*.eml"), reverse=True))
    return [row for row in found if row is not None and all(word in row.sought for word in words)]


def opened(key: str) -> Opened | None:
    """The mail with that key, if it is there. The key is digits and letters alone: it never leads out of the folder."""
    path = _folder() / f"{key}.eml"
    row = _row(path)
    if row is None:
        return None
    raw = path.read_bytes()
    mail = mails.parsed(raw)
    return Opened(
        row, mail_words.words_of(mail), _body(mail, "text/html"), _body(mail, "text/plain"), mail.headers, raw
    )


def _folder() -> Path:
    return Path(settings.SAMSPEL_DEMO_MAIL)


def _body(mail: Mail, kind: str) -> str:
    return next((leaf.words for leaf in mail.leaves if leaf.type == kind and not leaf.is_attachment), "")


def _row(path: Path) -> Row | None:
    try:
        return _read(path)
    except OSError:
        return None


@lru_cache(maxsize=4096)
def _read(path: Path) -> Row:
    said = mail_words.read(path.read_bytes())
    from_whom = said.from_name or said.from_address
    to_whom = ", ".join(said.to)
    moment = datetime.fromtimestamp(int(path.stem.partition("-")[0]) / 1e9, tz=UTC)
    sought = search_key(f"{from_whom} {said.from_address} {to_whom} {said.subject} {said.words}")
    return Row(path.stem, moment, from_whom, to_whom, said.subject or "–", sought)
