"""An open line to the mail server, which knows whether a mail was in the air when it broke."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend

from samspel.post.rules import failures
from samspel.post.rules.failures import Failure

# RFC 5321, section 4.5.3.2.6, lets a server think for ten minutes when it has the whole mail. Nobody reads so long.
SECONDS_TO_ANSWER = 120


class _Watching:
    """Notes the moment when the whole of a mail is in the server's hands and its answer is not yet in ours."""

    awaits_answer = False

    def data(self, msg: Any) -> Any:
        """Hand over the mail itself."""
        self.awaits_answer = False
        answered = super().data(msg)  # type: ignore[misc]
        self.awaits_answer = False
        self.sock.settimeout(self.timeout)  # type: ignore[attr-defined]
        return answered

    def send(self, s: Any) -> None:
        """Commands are sent as text, the mail itself as bytes. If sending breaks, its end was not sent."""
        super().send(s)  # type: ignore[misc]
        if isinstance(s, bytes):
            self.awaits_answer = True
            self.sock.settimeout(SECONDS_TO_ANSWER)  # type: ignore[attr-defined]


class _Plain(_Watching, smtplib.SMTP):
    pass


class _Encrypted(_Watching, smtplib.SMTP_SSL):
    pass


class _Server(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Encrypted if self.use_ssl else _Plain


class Line:
    """A connection that is reused. One that broke is opened anew for the next mail; `is_down` when that failed."""

    def __init__(self) -> None:
        backend = get_connection()
        self.backend = _Server() if type(backend) is EmailBackend else backend
        self.is_down = False

    def open(self) -> None:
        """Reach the server, if it is not reached already. Raises what the connection raises."""
        try:
            self.backend.open()
        except Exception:
            self._drop()
            raise

    def close(self) -> None:
        """Say goodbye; that may fail without harm."""
        with suppress(OSError, smtplib.SMTPException):
            self.backend.close()

    def hand_over(self, mail: EmailMultiAlternatives) -> Failure | None:
        """Send one mail. None if the server took it, else why not."""
        try:
            self.open()
        except Exception as error:
            self.is_down = True
            return failures.of(error)
        try:
            self.backend.send_messages([mail])
        except Exception as error:
            return self._failed(error)
        return None

    def _failed(self, error: Exception) -> Failure:
        server = getattr(self.backend, "connection", None)
        failure, is_answer = failures.of(error), failures.is_answer(error)
        # The mail was whole in the server's hands, and what came back was no answer.
        if not is_answer and getattr(server, "awaits_answer", False):
            failure = replace(failure, is_final=False, is_in_doubt=True)
        if not is_answer or getattr(server, "sock", None) is None:
            self._drop()
        return failure

    def _drop(self) -> None:
        self.close()
        if hasattr(self.backend, "connection"):
            self.backend.connection = None
