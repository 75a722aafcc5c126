"""A mailing: every row is written, sent once, and can be told from every other, whatever happens to the workers."""

from __future__ import annotations

import socket
import threading
import time
import tracemalloc
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.kernel import jobs
from samspel.kernel.audit import SYSTEM
from samspel.kernel.audit.models import AuditEntry
from samspel.post import operations
from samspel.post.models import AddressTrouble, DomainPace, Mailing, Message, MessageState
from samspel.post.operations import delivery, mailings
from samspel.post.operations.mailings import Draft
from samspel.post.operations.refusals import MailingRefused
from samspel.post.queries import audits

from .conftest import NOW, in_threads
from .workers import kill, let_heartbeats_grow_old, start_worker, until

pytestmark = pytest.mark.django_db(transaction=True)


def drafts(number: int, domain: str = "kommunen.example", **facts):
    """So many receivers, made one by one."""
    for one in range(number):
        yield Draft(f"huvudman-{one}@{domain}", "Möte den 3 november", f"Hej {one}!\n", **facts)


def mailing_of(rows, *, expected: int, at=None, **facts) -> Mailing:
    return mailings.write(
        kind="letters.letter", title="Höstens möten", expected=expected, rows=rows, by=SYSTEM, at=at or timezone.now(),
        **facts,
    )  # fmt: skip


def deliver(mailing: Mailing, **facts):
    return operations.deliver_mailing(**{"mailing_key": mailing.key, "clock": timezone.now, **facts})


def states(mailing: Mailing) -> Counter[str]:
    return Counter(mailing.messages.values_list("state", flat=True))


def test_mailing_is_rows_and_a_job_for_every_batch_of_them():
    mailing = mailing_of(drafts(450), expected=450)

    assert states(mailing) == {MessageState.WAITING: 450}
    given = ProcrastinateJob.objects.values_list("task_name", "queue_name", "args")
    assert list(given) == [("post.deliver_mailing", "bulk", {"mailing_key": str(mailing.key)})] * 3
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.facts) == (
        "post.mailing.written",
        {"kind": "letters.letter", "expected": 450, "rows": 450},
    )


def test_mailing_of_a_rolled_back_operation_leaves_neither_rows_nor_jobs():
    with pytest.raises(RuntimeError), transaction.atomic():
        mailing_of(drafts(3), expected=3)
        raise RuntimeError

    assert (Mailing.objects.count(), Message.objects.count(), ProcrastinateJob.objects.count()) == (0, 0, 0)


def test_same_address_twice_is_refused_and_nothing_is_written():
    twice = [Draft("anna@kommunen.example", "Möte", "Hej"), Draft("Anna@Kommunen.example", "Möte", "Hej igen")]

    with pytest.raises(MailingRefused) as refusal:
        mailing_of(twice, expected=2)

    assert refusal.value.code == "address-twice"
    assert (Mailing.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_row_that_cannot_be_mailed_is_seen_instead_of_lost():
    rows = [
        Draft("astrid", "Möte", "Hej"),
        Draft("bo@kommunen.example\r\nBcc: alla@kommunen.example", "Möte", "Hej", to_name="Bo"),
        Draft("", "Möte", "Hej", postal_address="Storgatan 1\n701 35 Örebro"),
        Draft("cecilia@kommunen.example", "Möte", "Hej", to_name="C\nBcc: x", postal_address="Storgatan 2"),
        Draft("", "Möte", "Hej"),
    ]

    mailing = mailing_of(rows, expected=5)

    found = [(row.state, row.failed_because, row.to_address, row.to_name) for row in mailing.messages.order_by("id")]
    assert found == [
        (MessageState.FAILED, "not-an-address", "", ""),
        (MessageState.FAILED, "line-break-address", "", ""),
        (MessageState.PAPER, "", "", ""),
        (MessageState.PAPER, "line-break-name", "", ""),
        (MessageState.FAILED, "no-address", "", ""),
    ]
    assert ProcrastinateJob.objects.count() == 0


def test_batch_goes_over_one_connection_and_each_row_is_committed_by_itself(mail_server):
    mailing = mailing_of(drafts(5), expected=5)
    seen = []

    def look() -> None:
        seen.append((states(mailing)[MessageState.SENT], states(mailing)[MessageState.SENDING]))
        connection.close()

    mail_server.linger = look

    tally = deliver(mailing, most=4)

    assert (tally.sent, mail_server.connections) == (4, 1)
    assert seen == [(0, 1), (1, 1), (2, 1), (3, 1)]
    assert states(mailing) == {MessageState.SENT: 4, MessageState.WAITING: 1}


def test_what_is_left_after_a_batch_gets_a_job_and_one_only(mail_server):
    mailing = mailing_of(drafts(5), expected=5)
    ProcrastinateJob.objects.all()._raw_delete("default")

    deliver(mailing, most=2)
    deliver(mailing, most=2)

    assert ProcrastinateJob.objects.count() == 1


def test_batch_that_is_asked_to_stop_ends_after_the_mail_in_the_air(mail_server):
    mailing = mailing_of(drafts(5), expected=5)

    tally = deliver(mailing, is_stopping=lambda: len(mail_server.messages) == 2)

    assert (tally.sent, states(mailing)) == (2, {MessageState.SENT: 2, MessageState.WAITING: 3})


def test_refused_row_holds_up_no_other(mail_server):
    mailing = mailing_of(drafts(4), expected=4)
    mail_server.answers_to_recipient = ["550 5.1.1 unknown", "450 4.2.0 greylisted"]

    deliver(mailing)

    found = list(mailing.messages.order_by("id").values_list("state", "failed_because"))
    assert found == [("failed", "smtp-550-5.1.1"), ("waiting", "smtp-450-4.2.0"), ("sent", ""), ("sent", "")]
    assert mail_server.connections == 1


def test_server_that_hangs_up_in_the_middle_is_called_again(mail_server):
    mailing = mailing_of(drafts(4), expected=4)
    mail_server.hangs_up_after = ["recipient"]

    deliver(mailing)

    assert states(mailing) == {MessageState.WAITING: 1, MessageState.SENT: 3}
    assert mail_server.connections == 2


def test_server_that_is_not_reached_touches_no_row_and_the_job_waits(settings, work):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    mailing = mailing_of(drafts(2), expected=2)

    work()

    assert set(mailing.messages.values_list("state", "attempts")) == {("waiting", 0)}
    job = ProcrastinateJob.objects.get(task_name="post.deliver_mailing")
    assert (job.status, job.attempts, job.scheduled_at > timezone.now()) == ("todo", 1, True)


def test_job_that_does_not_reach_the_server_ends_if_an_equal_one_waits(settings, work):
    mailing = mailing_of(drafts(2), expected=2)
    ProcrastinateJob.objects.all()._raw_delete("default")
    delivery.follow_up(mailing, at=timezone.now())
    name = ProcrastinateJob.objects.get().queueing_lock

    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()

        def hang_up_when_an_equal_job_waits() -> None:
            caller, _address = server.accept()
            later = timezone.now() + timedelta(hours=1)
            jobs.queue(
                delivery.DELIVER_MAILING, lane="bulk", not_before=later, only_one=name, mailing_key=str(mailing.key)
            )
            connection.close()
            caller.close()

        thread = threading.Thread(target=hang_up_when_an_equal_job_waits)
        thread.start()
        work()
        thread.join(timeout=10)

    found = ProcrastinateJob.objects.filter(task_name=delivery.DELIVER_MAILING).order_by("id")
    assert list(found.values_list("status", flat=True)) == ["succeeded", "todo"]


def test_mailing_without_a_job_gets_one_anew(mail_server):
    mailing = mailing_of(drafts(2), expected=2, at=NOW)
    ProcrastinateJob.objects.all()._raw_delete("default")

    assert operations.queue_stranded(at=NOW + timedelta(minutes=1)) == 0
    assert operations.queue_stranded(at=NOW + timedelta(minutes=3)) == 1
    assert operations.queue_stranded(at=NOW + timedelta(minutes=3)) == 0
    assert ProcrastinateJob.objects.get().args == {"mailing_key": str(mailing.key)}


def test_letter_to_an_address_that_bounces_becomes_paper(mail_server):
    AddressTrouble.objects.create(address="huvudman-1@kommunen.example", hard_at=NOW, because="smtp-5.1.1")
    mailing = mailing_of(drafts(2, postal_address="Storgatan 1"), expected=2)

    deliver(mailing)

    assert states(mailing) == {MessageState.SENT: 1, MessageState.PAPER: 1}


def test_slow_domain_gets_its_rate_and_stands_in_no_other_ones_way(mail_server, settings):
    settings.SAMSPEL_MAIL_RATES = "outlook.example=30/m"
    at = timezone.now()
    slow = mailing_of(drafts(40, "outlook.example"), expected=40, at=at)
    both = mailing_of([*drafts(20, "outlook.example"), *drafts(20)], expected=40, at=at)

    for mailing in (slow, both):
        deliver(mailing, clock=lambda: at)

    # Ten seconds' worth at once, then two seconds apart: the others go past them.
    gone = Counter(Message.objects.filter(state=MessageState.SENT).values_list("domain", flat=True))
    assert gone == {"outlook.example": 5, "kommunen.example": 20}
    waiting = Message.objects.filter(state=MessageState.WAITING)
    assert waiting.filter(due_at__lte=at).count() == 0
    assert len(set(waiting.values_list("due_at", flat=True))) == 55

    for seconds in range(5, 61, 5):
        for mailing in (slow, both):
            deliver(mailing, clock=lambda seconds=seconds: at + timedelta(seconds=seconds))
    assert 30 <= Message.objects.filter(state=MessageState.SENT, domain="outlook.example").count() <= 35


def test_urgent_mail_waits_for_no_turn_but_takes_one(mail_server, settings, write):
    settings.SAMSPEL_MAIL_RATES = "*=6/m"
    at = timezone.now()
    for _ in range(3):
        operations.deliver(message_key=write().key, clock=lambda: at)
    bulk = write(lane=jobs.BULK)
    operations.deliver(message_key=bulk.key, clock=lambda: at)

    bulk.refresh_from_db()
    assert len(mail_server.messages) == 3
    assert (bulk.state, bulk.due_at) == (MessageState.WAITING, at + timedelta(seconds=40))
    assert DomainPace.objects.get().next_at == at + timedelta(seconds=30)
    assert ProcrastinateJob.objects.filter(queue_name="bulk").latest("id").scheduled_at == bulk.due_at


def test_workers_side_by_side_never_send_the_same_row(mail_server):
    mailing = mailing_of(drafts(120), expected=120)
    together = threading.Barrier(4)

    def work() -> int:
        together.wait(timeout=10)
        return deliver(mailing).sent

    shares = in_threads(4, work)

    assert sum(shares) == 120
    assert len({arrived["Message-ID"] for arrived in mail_server.messages}) == len(mail_server.messages) == 120
    assert states(mailing) == {MessageState.SENT: 120}


def test_nobody_is_missing_and_none_gets_two_when_the_worker_is_killed_three_times(mail_server, settings, work):
    mailing = mailing_of(drafts(1_000), expected=1_000)
    open_lines = 0

    for share in (150, 400, 700):
        worker = start_worker(settings, "bulk")
        try:
            until(lambda share=share: len(mail_server.messages) >= share)
            open_lines += mail_server.open_now
        finally:
            kill(worker)
    let_heartbeats_grow_old()
    # Unless the workers have asked for it already.
    for upkeep in ("kernel.rescue_stalled", "post.find_doubtful"):
        jobs.queue(upkeep, only_one=upkeep, timestamp=0)
    work()

    arrived = Counter(str(mail["Message-ID"]) for mail in mail_server.messages)
    in_doubt = set(mailing.messages.filter(state=MessageState.IN_DOUBT).values_list("key", flat=True))
    told = states(mailing)
    assert told[MessageState.SENT] + told[MessageState.IN_DOUBT] == 1_000
    assert max(arrived.values()) == 1
    assert len(in_doubt) <= open_lines <= 3 * 2
    # Nobody is missing: whoever got no mail stands in doubt, shown to a person.
    silent = {key for key in mailing.messages.values_list("key", flat=True) if f"<{key}@localhost>" not in arrived}
    assert silent <= in_doubt
    (audit,) = audits.of_mailings()
    assert (audit.missing, audit.doubled, audit.sent, audit.in_doubt) == (0, 0, 1_000 - len(in_doubt), len(in_doubt))


def test_code_leaves_within_five_seconds_while_ten_thousand_bulk_messages_wait(mail_server, settings, write):
    workers = [start_worker(settings, lane) for lane in (jobs.BULK, jobs.URGENT)]
    try:
        mailing = mailing_of(drafts(10_000), expected=10_000)
        write(to_address="first@kommunen.example")
        until(lambda: "first@kommunen.example" in _receivers(mail_server))
        until(lambda: len(mail_server.messages) > 50)
        asked = time.monotonic()
        write(to_address="astrid@kommunen.example")
        until(lambda: "astrid@kommunen.example" in _receivers(mail_server))
        taken = time.monotonic() - asked
        left = states(mailing)[MessageState.WAITING]
    finally:
        for worker in workers:
            kill(worker)

    assert taken < 5
    assert left > 5_000


def test_memory_is_the_same_for_few_and_many_rows():
    def peak(number: int) -> int:
        tracemalloc.start()
        mailing = mailing_of(drafts(number), expected=number)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert mailing.messages.count() == number
        return highest

    peak(500)

    assert peak(3_000) < 1.3 * peak(1_000)


def _receivers(mail_server) -> set[str]:
    return {receiver for receivers in list(mail_server.recipients) for receiver in receivers}
