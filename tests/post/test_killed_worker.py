"""A worker killed in the middle of a delivery: what it held is taken up again by another."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.kernel import jobs
from samspel.kernel.tasks import MOST_ATTEMPTS
from samspel.post import operations
from samspel.post.models import Message, MessageState
from samspel.post.operations import settling

from .workers import kill, let_heartbeats_grow_old, start_worker, until

pytestmark = pytest.mark.django_db(transaction=True)


def test_message_that_a_killed_worker_was_sending_is_in_doubt_and_is_not_sent_again_by_itself(
    write, work, mail_server, settings
):
    taken, go_on = threading.Event(), threading.Event()
    mail_server.linger = lambda: (taken.set(), go_on.wait(30))
    message, other = write(), write(to_address="bo@kommunen.example", lane="bulk")
    worker = start_worker(settings)
    try:
        assert taken.wait(60), "the worker never came to the message"
    finally:
        kill(worker)
    go_on.set()
    mail_server.linger = None
    assert _delivery(message).status == "doing"

    operations.find_doubtful(at=timezone.now())
    let_heartbeats_grow_old()
    # Unless the worker has asked for it already.
    jobs.queue("kernel.rescue_stalled", only_one="kernel.rescue_stalled", timestamp=0)
    work()

    message.refresh_from_db(), other.refresh_from_db()
    assert (message.state, message.failed_because) == (MessageState.IN_DOUBT, "worker-died")
    assert other.state == MessageState.SENT
    assert [arrived["Message-ID"] for arrived in mail_server.messages].count(f"<{message.key}@localhost>") <= 1
    assert (_delivery(message).status, _delivery(message).attempts) == ("succeeded", 2)
    assert message.body


def test_row_of_a_slow_worker_is_not_in_doubt_while_it_lives(write, mail_server):
    message = write()
    found = []

    def look() -> None:
        found.append(operations.find_doubtful(at=timezone.now() + timedelta(days=1)))
        connection.close()

    mail_server.linger = look

    assert operations.deliver(message_key=message.key, clock=timezone.now).sent == 1
    assert found == [0]


def test_sender_that_lost_its_connection_writes_what_it_knows(write, mail_server):
    message = write()
    states = []

    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid != pg_backend_pid()"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        until(lambda: operations.find_doubtful(at=timezone.now()))
        states.append(Message.objects.get().state)
        connection.close()

    mail_server.linger = cut

    operations.deliver(message_key=message.key, clock=timezone.now)

    message.refresh_from_db()
    assert states == [MessageState.IN_DOUBT]
    assert message.state == MessageState.SENT


def test_sender_that_comes_back_after_the_decision_changes_nothing(write, mail_server, administrator):
    message = write()

    def cut_and_decide() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid != pg_backend_pid()"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        until(lambda: operations.find_doubtful(at=timezone.now()))
        settling.send_again(message=message, by=administrator, at=timezone.now())
        connection.close()

    mail_server.linger = cut_and_decide

    operations.deliver(message_key=message.key, clock=timezone.now)

    message.refresh_from_db()
    assert (message.state, message.settled_by) == (MessageState.WAITING, administrator.key)


def test_mail_whose_answer_never_came_is_in_doubt_and_one_cut_off_before_is_tried_again(write, mail_server, settings):
    silent, cut_off = write(), write(to_address="bo@kommunen.example")
    mail_server.hangs_up_after = ["words", "recipient"]

    for message in (silent, cut_off):
        operations.deliver(message_key=message.key, clock=timezone.now)

    silent.refresh_from_db(), cut_off.refresh_from_db()
    assert (silent.state, silent.failed_because) == (MessageState.IN_DOUBT, "SMTPServerDisconnected")
    assert (cut_off.state, cut_off.failed_because) == (MessageState.WAITING, "SMTPServerDisconnected")


def test_code_in_doubt_past_its_time_fails_instead_of_bothering_a_person(write, mail_server):
    message = write(good_for=timedelta(minutes=15))
    mail_server.hangs_up_after = ["words"]
    operations.deliver(message_key=message.key, clock=timezone.now)

    operations.find_doubtful(at=timezone.now() + timedelta(minutes=14))
    before = Message.objects.get().state
    operations.find_doubtful(at=timezone.now() + timedelta(minutes=16))

    message.refresh_from_db()
    assert before == MessageState.IN_DOUBT
    assert (message.state, message.failed_because, message.body) == (MessageState.FAILED, "too-late-in-doubt", "")


def test_job_of_a_living_worker_is_left_alone(write, work, mail_server):
    write()
    _take(_delivery(), heartbeat="now()")

    jobs.queue("kernel.rescue_stalled", only_one="kernel.rescue_stalled", timestamp=0)
    work()

    assert _delivery().status == "doing"
    assert mail_server.messages == []


def test_job_that_takes_worker_after_worker_with_it_is_set_aside(write, work, mail_server):
    write()
    _take(_delivery(), heartbeat="now() - interval '1 minute'", attempts=MOST_ATTEMPTS)

    jobs.queue("kernel.rescue_stalled", only_one="kernel.rescue_stalled", timestamp=0)
    work()

    assert _delivery().status == "failed"
    assert mail_server.messages == []


def test_stalled_rescue_keeps_no_other_job_from_its_own(write, work, mail_server):
    _add_rescue("doing", is_alone=True)
    _add_rescue("todo", is_alone=True, later=True)  # beside this one the stalled one cannot wait
    write()
    _take(_delivery(), heartbeat="now() - interval '1 minute'")

    _add_rescue("todo", is_alone=False)
    work()

    assert _delivery().status == "succeeded"
    assert len(mail_server.messages) == 1
    assert ProcrastinateJob.objects.filter(task_name="kernel.rescue_stalled").earliest("id").status == "failed"


def _add_rescue(status: str, *, is_alone: bool, later: bool = False) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, queueing_lock, scheduled_at)"
            " VALUES ('urgent', 'kernel.rescue_stalled', '{\"timestamp\": 0}', %s, %s, now() + %s::interval)",
            [status, "kernel.rescue_stalled" if is_alone else None, "1 hour" if later else "0"],
        )


def _delivery(message: Message | None = None) -> ProcrastinateJob:
    deliveries = ProcrastinateJob.objects.filter(task_name="post.deliver")
    return deliveries.get(args__message_key=str(message.key)) if message else deliveries.get()


def _take(job: ProcrastinateJob, *, heartbeat: str, attempts: int = 1) -> None:
    """Let a job be under way at a worker whose heart beat then."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({heartbeat}) RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            [worker, attempts, job.pk],
        )
