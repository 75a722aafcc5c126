"""How fast a mailing leaves, beside one reused smtplib connection that makes the same durable commits; and that memory
and the picking of the next row stay the same however many rows there are.

Mails go to a server of the bench's own. The rows are really committed, in a lane that no worker serves, and deleted.
"""

from __future__ import annotations

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import psutil
from django.db import connection, transaction
from django.test.utils import override_settings

from samspel.kernel.audit import SYSTEM
from samspel.kernel.values.benches import BenchRow
from samspel.post import operations
from samspel.post.models import Mailing, Message
from samspel.post.operations import mailings
from samspel.post.operations.claims import Claim
from samspel.post.operations.mailings import Draft
from samspel.post.operations.messages import made

LANE = "bench"
MAILS = 1_000
FEW, MANY = 1_000, 100_000
_SERVER = """
import asyncio
from aiosmtpd.smtp import SMTP

class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"

async def serve():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Sink()), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(serve())
"""
_WORDS = "Hej!\n\nHöstens första möte är den 3 november kl. 9.00 i Örebro. Svara senast den 20 oktober.\n" * 5


class _Undo(Exception):
    """Rolls back what was measured."""


def benchmarks() -> list[BenchRow]:
    """Throughput and CPU of a batch, memory of a large mailing, and the picking of the next row."""
    with _mail_server() as port, _no_rates(port):
        floor, floor_cpu = _best(lambda: _floor(port))
        measured, cpu = _best(_batch)
    few, many = _memory(FEW), _memory(MANY)
    return [
        BenchRow(
            f"bulk mail, {MAILS} over one line", f"{MAILS / measured:.0f}/s", f"{MAILS / floor:.0f}/s smtplib",
            floor / measured, "at least 0.5",
        ),
        BenchRow(
            "bulk mail, CPU of one", f"{cpu / MAILS * 1000:.2f} ms", f"{floor_cpu / MAILS * 1000:.2f} ms smtplib",
            cpu / floor_cpu, "",
        ),
        BenchRow(
            f"memory, {MANY} rows written and read", f"{many:.0f} MB", f"{few:.0f} MB for {FEW}", many / few, "flat"
        ),
        _picking(),
    ]  # fmt: skip


@contextmanager
def _mail_server() -> Iterator[int]:
    server = subprocess.Popen([sys.executable, "-c", _SERVER], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.terminate()
        server.wait()


def _no_rates(port: int) -> override_settings:
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=port,
        EMAIL_HOST_USER="", EMAIL_HOST_PASSWORD="", EMAIL_USE_SSL=False, EMAIL_USE_TLS=False, SAMSPEL_MAIL_RATES="",
    )  # fmt: skip


def _best(deed: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    """The shorter of two runs: seconds, and CPU seconds of this process and the database's."""
    return min(deed(), deed())


def _floor(port: int) -> tuple[float, float]:
    """The least that sends as much: the standard library's mail, one reused connection, a durable commit for each."""
    with _rows(MAILS) as mailing:
        receivers = list(mailing.messages.order_by("id").values_list("pk", "to_address", "subject", "body"))
        with smtplib.SMTP("127.0.0.1", port) as line, connection.cursor() as cursor:

            def send() -> None:
                for number, to_address, subject, body in receivers:
                    letter = EmailMessage()
                    letter["From"], letter["To"], letter["Subject"] = "samspel@localhost", to_address, subject
                    letter.set_content(body)
                    line.send_message(letter)
                    cursor.execute(
                        "UPDATE post_message SET state = 'sent', sent_at = now(), due_at = now(), claimed_at = now()"
                        " WHERE id = %s",
                        [number],
                    )

            return _measured(send)


def _batch() -> tuple[float, float]:
    with _rows(MAILS) as mailing:
        clock = lambda: datetime.now(UTC)  # noqa: E731 - as tasks hand it in
        return _measured(lambda: operations.deliver_mailing(mailing_key=mailing.key, clock=clock, most=MAILS))


@contextmanager
def _rows(number: int) -> Iterator[Mailing]:
    """A mailing of so many rows that wait, and no job; gone afterwards."""
    at = datetime.now(UTC)
    mailing = Mailing.objects.create(kind="post.bench", title="bench", lane=LANE, expected=number, written_at=at)
    try:
        Message.objects.bulk_create([_row(one, mailing, at) for one in range(number)], batch_size=500)
        yield mailing
    finally:
        mailing.messages.all().delete()
        mailing.delete()


def _row(one: int, mailing: Mailing, at: datetime) -> Message:
    return made(
        kind="post.bench", mailing=mailing, lane=LANE, to_address=f"mottagare-{one}@bench.example", to_name="",
        subject="Möte den 3 november", body=_WORDS, body_html="", reply_to="", in_reply_to="", postal_address="",
        written_at=at, due_at=at,
    )  # fmt: skip


def _drafts(number: int, note: Callable[[], None]) -> Iterator[Draft]:
    for one in range(number):
        if one % 500 == 0:
            note()
        yield Draft(f"mottagare-{one}@bench.example", "Möte den 3 november", _WORDS)


def _memory(number: int) -> float:
    """Megabytes of this process, at most, while so many rows are written and read; rolled back."""
    process, peak = psutil.Process(), [0]

    def note() -> None:
        peak[0] = max(peak[0], process.memory_info().rss)

    try:
        with transaction.atomic():
            at = datetime.now(UTC)
            mailing = mailings.write(
                kind="post.bench",
                title="bench",
                expected=number,
                rows=_drafts(number, note),
                by=SYSTEM,
                at=at,
                lane=LANE,
            )
            for read, _message in enumerate(mailing.messages.order_by("id").iterator(chunk_size=500)):
                if read % 500 == 0:
                    note()
            raise _Undo
    except _Undo:
        return peak[0] / 1024 / 1024


def _picking() -> BenchRow:
    """A claim among few rows, and among many."""
    few, many = _pick(FEW), _pick(MANY // 5)
    told = f"{few * 1000:.2f} ms among {FEW}"
    return BenchRow(f"next row picked among {MANY // 5}", f"{many * 1000:.2f} ms", told, many / few, "flat")


def _pick(number: int, times: int = 200) -> float:
    clock = lambda: datetime.now(UTC)  # noqa: E731 - as tasks hand it in
    with _rows(number) as mailing, Claim() as claim, override_settings(SAMSPEL_MAIL_RATES=""):
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE post_message")
        due = lambda: mailing.messages.filter(due_at__lte=clock())  # noqa: E731 - asked anew for every row
        began = time.perf_counter()
        for _ in range(times):
            claim.take(due, clock=clock)
        return (time.perf_counter() - began) / times


def _measured(deed: Callable[[], object]) -> tuple[float, float]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = cursor.fetchone()[0]
    began, worked = time.perf_counter(), _worked(server)
    deed()
    return time.perf_counter() - began, _worked(server) - worked


def _worked(server: int) -> float:
    """CPU seconds of this process and the server's process so far; the clock where the latter cannot be read."""
    try:
        told = Path(f"/proc/{server}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return time.perf_counter()
    fields = told.rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
