"""What a refused delivery means: whether to try again, and a reason that names nobody. Pure: no Django here."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass

from samspel.post.rules import bounces

_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Failure:
    """Why a message was not taken, as a code, and whether the same server will ever take it.

    is_in_doubt: it may have been taken, for the whole of it was handed over and no answer came. is_address_gone: the
    server said no to the recipient, and that there is nobody there.
    """

    reason: str
    is_final: bool
    is_in_doubt: bool = False
    is_address_gone: bool = False


def of(error: Exception) -> Failure:
    """What an error of the delivery means.

    4xx replies and broken connections may pass; 5xx about this message or its recipient are final (RFC 5321 §4.2.1).
    A refused sender, login or greeting is the settings' fault, not the message's, so it is tried again.
    Enhanced status codes are those of RFC 3463. The server's own sentence is dropped: it often repeats the address.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        is_gone = code >= 500 and bounces.is_hard(_status(said), _words(said))
        return Failure(_smtp(code, said), is_final=code >= 500, is_address_gone=is_gone)
    if isinstance(error, smtplib.SMTPDataError):
        return Failure(_smtp(error.smtp_code, error.smtp_error), is_final=error.smtp_code >= 500)
    if isinstance(error, smtplib.SMTPResponseException):
        return Failure(_smtp(error.smtp_code, error.smtp_error), is_final=False)
    if isinstance(error, TimeoutError):
        return Failure("timeout", is_final=False)
    return Failure(type(error).__name__, is_final=False)


def is_answer(error: Exception) -> bool:
    """Whether the server itself said no, so that the line still holds and nothing is in doubt."""
    return isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException)


def _smtp(code: int, said: bytes | str) -> str:
    status = _status(said)
    return f"smtp-{code}" + (f"-{status}" if status else "")


def _status(said: bytes | str) -> str:
    enhanced = _ENHANCED.search(_words(said))
    return enhanced[1] if enhanced else ""


def _words(said: bytes | str) -> str:
    return said if isinstance(said, str) else said.decode(errors="replace")
