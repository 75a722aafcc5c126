"""A mail server that can be told to refuse or to linger, and a worker that does what waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.post import operations
from samspel.post.models import Message
from samspel.testing.mail import Inbox
from samspel.testing.ports import free_port

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


class MailServer(Inbox):
    """Takes mail in, unless it is told how to answer the next ones."""

    def __init__(self) -> None:
        super().__init__()
        self.answers_to_recipient: list[str] = []
        self.answers_to_message: list[str] = []
        self.linger: Callable[[], Any] | None = None
        self.recipients: list[list[str]] = []
        # After what it hangs up on the next connections, without an answer: "recipient" or "words".
        self.hangs_up_after: list[str] = []
        self.connections = self.open_now = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Say no to a recipient, if so told."""
        if self._hangs_up(server, "recipient"):
            return "421 gone"
        if self.answers_to_recipient:
            return self.answers_to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Say no to a message, if so told; or take it in, in its own time."""
        if self._hangs_up(server, "words"):
            return "421 gone"
        self.recipients.append(envelope.rcpt_tos)
        if self.answers_to_message:
            return self.answers_to_message.pop(0)
        if self.linger:
            import asyncio

            await asyncio.to_thread(self.linger)
        return await super().handle_DATA(server, session, envelope)

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:
        """Count who calls, and how many are on the line."""
        self.connections += 1
        self.open_now += 1
        session.host_name, lost = hostname, server.connection_lost

        def count_down(error: Any) -> None:
            self.open_now -= 1
            lost(error)

        server.connection_lost = count_down
        return responses

    def _hangs_up(self, server: Any, after: str) -> bool:
        if self.hangs_up_after[:1] != [after]:
            return False
        self.hangs_up_after.pop(0)
        server.transport.abort()
        return True


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A mail server of its own, which the settings point at."""
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.SAMSPEL_MAIL_RATES = ""
    yield server
    controller.stop()


@pytest.fixture
def write() -> Callable[..., Message]:
    """Write a message; the facts not given are those of a code."""

    def one(**facts: Any) -> Message:
        given = {
            "kind": "accounts.login_code",
            "to_address": "astrid@kommunen.example",
            "subject": "Din kod för att logga in i Samspel",
            "body": "Koden är 1234-5678. Hälsningar från Örebro\n",
            "at": timezone.now(),
        }
        return operations.write(**{**given, **facts})

    return one


@pytest.fixture
def work() -> Callable[[], None]:
    """Do the jobs that wait, each as a worker does, until none may start yet."""

    def run() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="never")

    return run


@pytest.fixture
def bring_retries_forward() -> Callable[[], None]:
    """Let jobs that wait for their next try wait no longer."""

    def now() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")

    return now


@pytest.fixture
def job_states() -> Callable[[], list[str]]:
    """How the delivering jobs stand."""
    deliveries = ProcrastinateJob.objects.filter(task_name="post.deliver").order_by("id")
    return lambda: list(deliveries.all().values_list("status", flat=True))


@pytest.fixture
def administrator(db: None) -> Any:
    """Somebody who looks after the system."""
    from samspel.accounts.operations import add_person
    from samspel.kernel.audit import SYSTEM
    from samspel.registry.models import Role
    from samspel.registry.operations.appointments import appoint

    now = timezone.now()
    person = add_person(email="anna@agency.example", name="Anna Ek", by=SYSTEM, at=now)
    on = timezone.localdate(now)
    appoint(person=person, role=Role.ADMINISTRATOR, by=SYSTEM, at=now, from_on=on)
    return person


def in_threads(number: int, do: Callable[[], Any]) -> list[Any]:
    """Do the same in several threads at once, each with its own connection; what each gave back."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(do())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results
