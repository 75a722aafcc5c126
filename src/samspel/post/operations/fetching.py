"""Fetching mail from a mailbox: each mail is handed over once, then marked or moved; what cannot be taken is kept."""

from __future__ import annotations

import imaplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import structlog
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from samspel.kernel.refusals import Refusal
from samspel.post.rules import mails

# At most so many in one go; the rest wait for the next.
AT_ONCE = 200
SECONDS = 30

log = structlog.get_logger(__name__)


class MailboxRefused(Refusal):
    """The mailbox's address cannot be used, or it does not let us in."""


class TryLater(Exception):
    """What taking a mail needs is away just now: the round ends, and the mail stays as it is for the next."""


@dataclass(frozen=True)
class Mailbox:
    """Where mail is fetched: `imaps://user:password@host:port/FOLDER?done=FOLDER`; what is taken is moved to `done`."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    done: str = ""
    is_starttls: bool = False

    @classmethod
    def of(cls, address: str) -> Mailbox:
        """Read an address. Raises MailboxRefused, in words that hold no password."""
        try:
            parts = urlsplit(address)
            asked = parse_qs(parts.query)
            box = cls(
                scheme=parts.scheme,
                host=parts.hostname or "",
                port=parts.port or (993 if parts.scheme == "imaps" else 143),
                user=unquote(parts.username or ""),
                password=unquote(parts.password or ""),
                folder=unquote(parts.path.strip("/")) or "INBOX",
                done=asked.get("done", [""])[0],
                is_starttls=asked.get("starttls") == ["1"],
            )
        except ValueError as error:
            raise MailboxRefused(_("The mailbox's address cannot be read."), code="address") from error
        if box.scheme not in ("imap", "imaps") or not box.host or not box.user:
            raise MailboxRefused(_("A mailbox is told as imaps://user:password@host/FOLDER."), code="address")
        if box.scheme == "imap" and not box.is_starttls and box.host not in ("localhost", "127.0.0.1", "::1"):
            raise MailboxRefused(
                _("The password would go readable over the net: say imaps://, or add ?starttls=1."),
                code="not-encrypted",
            )
        return box


@dataclass(frozen=True)
class Fetched:
    """What became of a round: how many were taken, and how many were left with a flag for a person to look at.

    flagged: all that have been left so, in this round and before. is_cut_short: what they need is away, so that the
    rest wait unread for the next round.
    """

    taken: int = 0
    left: int = 0
    flagged: int = 0
    is_cut_short: bool = False


def fetch(box: Mailbox, take: Callable[[bytes], Any]) -> Fetched:
    """Hand every unread mail to `take`, oldest first; then it counts as read and lies in the done folder, if any.

    `take` must bear to be given the same mail twice: we may die between its commit and the mark. A mail that it raises
    on is flagged and stays unread; TryLater and a database that is gone end the round. Raises MailboxRefused.
    """
    taken = left = 0
    with _opened(box) as session:
        for uid in session.uids("UNSEEN UNFLAGGED")[:AT_ONCE]:
            try:
                is_taken = _is_taken(take, _raw(session, uid))
            except TryLater as away:
                log.warning("post.mail.waits", because=type(away.__cause__ or away).__name__)
                return Fetched(taken, left, is_cut_short=True)
            if is_taken:
                session.flag(uid, r"\Seen", True)
                if box.done:
                    session.move(uid, box.done)
                taken += 1
            else:
                session.flag(uid, r"\Flagged", True)
                left += 1
        return Fetched(taken, left, len(session.uids("UNSEEN FLAGGED")))


def _is_taken(take: Callable[[bytes], Any], raw: bytes) -> bool:
    try:
        take(raw)
        return True
    except (TryLater, OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.warning("post.mail.not_taken", error=type(error).__name__, size=len(raw))
        return False


def _raw(session: Any, uid: str) -> bytes:
    """The mail as it came; of one that is too large the head alone."""
    size = _answer(session.client.uid("FETCH", uid, "(RFC822.SIZE)"))
    number = int(size.partition(b"RFC822.SIZE ")[2].split(b")")[0].split()[0] or 0)
    part = "BODY.PEEK[]" if number <= mails.MOST_BYTES else "BODY.PEEK[HEADER]"
    return _answer(session.client.uid("FETCH", uid, f"({part})"))


def _answer(reply: tuple[str, list[Any]]) -> bytes:
    status, data = reply
    found = next((one[1] for one in data if isinstance(one, tuple)), None)
    if found is None:
        found = next((one for one in data if isinstance(one, bytes)), None)
    if status != "OK" or found is None:
        raise MailboxRefused(_("The mailbox does not give out a mail that it has."), code="no-mail")
    return bytes(found)


@contextmanager
def _opened(box: Mailbox) -> Iterator[Any]:
    """A session with the mailbox. What the server says may hold the name and password: it is not told on."""
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted
    from imap_tools.errors import ImapToolsError

    kind = MailBox if box.scheme == "imaps" else MailBoxStartTls if box.is_starttls else MailBoxUnencrypted
    session = None
    try:
        session = kind(box.host, box.port, timeout=SECONDS).login(box.user, box.password, box.folder)
        if box.done and not session.folder.exists(box.done):
            session.folder.create(box.done)
        yield session
    except (OSError, imaplib.IMAP4.error, ImapToolsError, UnicodeError) as error:
        raise MailboxRefused(
            _("The mailbox at %(host)s does not let us read it.") % {"host": box.host}, code=type(error).__name__
        ) from None
    finally:
        if session is not None:
            _leave(session)


def _leave(session: Any) -> None:
    try:
        session.logout()
    except Exception as error:
        log.info("post.mailbox.left_at_once", error=type(error).__name__)
