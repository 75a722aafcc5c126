"""Delivery to a real mail server: once, tried again, given up in sight, never told in a log."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.kernel import jobs
from samspel.post import operations, queries
from samspel.post.models import AddressTrouble, Message, MessageState
from samspel.post.rules import paces

from .conftest import NOW, in_threads

pytestmark = pytest.mark.django_db(transaction=True)


def test_worker_delivers_the_message_and_its_body_is_cleared(write, work, mail_server):
    message = write()

    work()

    arrived = mail_server.messages[0]
    assert arrived["To"] == "astrid@kommunen.example"
    assert arrived["Subject"] == "Din kod för att logga in i Samspel"
    assert arrived["Message-ID"] == f"<{message.key}@localhost>"
    assert (arrived["Auto-Submitted"], arrived["Content-Language"]) == ("auto-generated", "sv")
    assert arrived.get_content().replace("\r\n", "\n") == "Koden är 1234-5678. Hälsningar från Örebro\n"
    message.refresh_from_db()
    assert (message.state, message.body) == (MessageState.SENT, "")
    assert message.sent_at is not None


def test_job_that_runs_twice_sends_once(write, work, mail_server):
    message = write()
    jobs.queue(operations.DELIVER, message_key=str(message.key))

    work()

    assert len(mail_server.messages) == 1


def test_two_workers_at_once_send_once(write, mail_server):
    message = write()
    both_are_here = threading.Barrier(2)
    mail_server.linger = lambda: threading.Event().wait(0.3)

    def deliver() -> int:
        both_are_here.wait(timeout=10)
        return operations.deliver(message_key=message.key, clock=timezone.now).sent

    assert sorted(in_threads(2, deliver)) == [0, 1]
    assert len(mail_server.messages) == 1


def test_while_the_server_thinks_the_row_stands_as_being_sent_and_no_transaction_is_open(write, mail_server):
    message = write()
    seen = []

    def look() -> None:
        seen.append(Message.objects.values("state", "attempts", "sent_at").get())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE state LIKE 'idle in transaction%%' AND datname = current_database()"
            )
            seen.append(cursor.fetchone()[0])
        connection.close()

    mail_server.linger = look

    operations.deliver(message_key=message.key, clock=timezone.now)

    assert seen == [{"state": MessageState.SENDING, "attempts": 1, "sent_at": None}, 0]


def test_message_refused_for_a_while_arrives_when_it_is_tried_again(
    write, work, mail_server, bring_retries_forward, job_states
):
    message = write()
    mail_server.answers_to_recipient = ["450 4.2.0 greylisted"]
    mail_server.answers_to_message = ["451 4.3.0 try again later"]

    work()
    assert (job_states(), mail_server.messages) == (["succeeded", "todo"], [])
    message.refresh_from_db()
    assert (message.state, message.attempts, message.failed_because) == (MessageState.WAITING, 1, "smtp-450-4.2.0")
    for _ in range(2):
        bring_retries_forward()
        work()

    message.refresh_from_db()
    assert (message.state, message.attempts, message.failed_because) == (MessageState.SENT, 3, "")
    assert len(mail_server.messages) == 1
    assert job_states() == ["succeeded"] * 3


def test_recipient_that_does_not_exist_is_given_up_at_once(write, work, mail_server, job_states):
    message = write()
    mail_server.answers_to_recipient = ["550 5.1.1 <astrid@kommunen.example> unknown"]

    work()

    message.refresh_from_db()
    assert (message.state, message.failed_because) == (MessageState.FAILED, "smtp-550-5.1.1")
    assert list(queries.undelivered()) == [message]
    assert job_states() == ["succeeded"]


@pytest.mark.parametrize(
    ("answer", "is_in_doubt"),
    [
        ("550 5.1.1 <astrid@kommunen.example> unknown", True),
        ("550 5.7.1 your server is on a list", False),
        ("450 4.1.1 try later", False),
    ],
)
def test_recipient_that_the_server_does_not_know_puts_the_address_in_doubt(
    write, work, mail_server, answer, is_in_doubt
):
    write()
    mail_server.answers_to_recipient = [answer]

    work()

    assert bool(queries.addresses.troubled(["astrid@kommunen.example"])) is is_in_doubt
    trouble = AddressTrouble.objects.filter(hard_at__isnull=False).values_list("because", flat=True)
    assert list(trouble) == (["smtp-550-5.1.1"] if is_in_doubt else [])


def test_message_is_given_up_after_its_last_try_and_keeps_its_words_for_another(write, mail_server):
    message = write()
    Message.objects.update(attempts=paces.MOST_TRIES - 1)
    mail_server.answers_to_message = ["451 4.3.0 try again later"]

    operations.deliver(message_key=message.key, clock=timezone.now)

    message.refresh_from_db()
    assert (message.state, message.failed_because) == (MessageState.FAILED, "smtp-451-4.3.0")
    assert message.body


def test_code_is_given_up_when_the_next_try_would_come_too_late(write, mail_server):
    message = write(good_for=timedelta(minutes=15))
    Message.objects.update(attempts=4)
    mail_server.answers_to_message = ["451 4.3.0 try again later"]

    operations.deliver(message_key=message.key, clock=timezone.now)

    message.refresh_from_db()
    assert (message.state, message.failed_because, message.body) == (MessageState.FAILED, "smtp-451-4.3.0", "")


def test_mail_server_that_is_down_is_a_reason_to_try_again(write, work, settings, job_states):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    message = write()

    work()

    message.refresh_from_db()
    assert (message.state, job_states()) == (MessageState.WAITING, ["succeeded", "todo"])
    assert (message.attempts, message.failed_because) == (1, "ConnectionRefusedError")


def test_code_whose_time_is_over_is_not_sent(write, work, mail_server):
    message = write(at=timezone.now() - timedelta(minutes=16), good_for=timedelta(minutes=15))

    work()

    message.refresh_from_db()
    assert (message.state, message.failed_because, message.body) == (MessageState.FAILED, "too-late", "")
    assert mail_server.messages == []


def test_address_that_bounces_is_not_sent_to_again(write, work, mail_server):
    AddressTrouble.objects.create(address="astrid@kommunen.example", hard_at=NOW, because="smtp-5.1.1")
    by_mail_alone = write(to_address="Astrid@Kommunen.example")
    on_paper = write(postal_address="Storgatan 1\n701 35 Örebro")

    work()

    by_mail_alone.refresh_from_db(), on_paper.refresh_from_db()
    assert (by_mail_alone.state, by_mail_alone.failed_because) == (MessageState.FAILED, "address-bounces")
    assert (on_paper.state, bool(on_paper.body)) == (MessageState.PAPER, True)
    assert mail_server.messages == []


def test_code_is_tried_all_the_same_at_an_address_that_bounces(write, work, mail_server):
    AddressTrouble.objects.create(address="astrid@kommunen.example", hard_at=NOW, because="smtp-5.1.1")
    code = write(good_for=timedelta(minutes=15))

    work()

    code.refresh_from_db()
    assert (code.state, len(mail_server.messages)) == (MessageState.SENT, 1)


def test_neither_code_nor_address_stands_in_a_log(write, work, mail_server, caplog, capfd):
    # The mail server of the test says aloud what it hears; it is not ours.
    caplog.set_level("CRITICAL", logger="mail.log")
    for logger in ("procrastinate", "samspel", "django"):
        caplog.set_level("DEBUG", logger=logger)
    write()
    write(to_address="bengt@kommunen.example")
    mail_server.answers_to_recipient = [
        "550 5.1.1 <astrid@kommunen.example> unknown",
        "450 4.2.0 bengt@kommunen.example is greylisted",
    ]

    work()

    told = caplog.text + "".join(capfd.readouterr())
    assert "smtp-550-5.1.1" in told
    assert "smtp-450-4.2.0" in told
    assert "1234" not in told
    assert "astrid" not in told
    assert "bengt" not in told


def test_message_whose_job_is_lost_is_queued_anew(write, work, mail_server):
    lost, alive = write(at=NOW), write(at=NOW)
    ProcrastinateJob.objects.filter(args__message_key=str(lost.key))._raw_delete("default")

    assert operations.queue_stranded(at=NOW + timedelta(minutes=1)) == 0
    assert operations.queue_stranded(at=NOW + timedelta(minutes=3)) == 1
    assert operations.queue_stranded(at=NOW + timedelta(minutes=3)) == 0
    work()

    assert len(mail_server.messages) == 2
    assert set(Message.objects.values_list("key", "state")) == {
        (lost.key, MessageState.SENT),
        (alive.key, MessageState.SENT),
    }


def test_address_is_forgotten_when_its_time_is_over_and_the_rest_can_be_counted(write):
    old = write(at=NOW, forget_after=timedelta(days=30))
    young = write(at=NOW, forget_after=timedelta(days=40))
    kept = write(at=NOW)
    Message.objects.update(state=MessageState.SENT, sent_at=NOW)
    waiting = write(at=NOW, forget_after=timedelta(days=1))

    assert operations.forget(at=NOW + timedelta(days=30)) == 1

    addresses = {message.pk: message.to_address for message in Message.objects.all()}
    assert addresses[old.pk] == ""
    assert {addresses[message.pk] for message in (young, kept, waiting)} == {"astrid@kommunen.example"}
    old.refresh_from_db()
    assert (old.kind, old.state, old.to_key) == ("accounts.login_code", MessageState.SENT, None)
