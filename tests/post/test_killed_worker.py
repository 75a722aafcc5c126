"""A worker killed in the middle of a delivery: what it held is taken up again by another."""

import os
import signal
import subprocess
import sys
import threading
from urllib.parse import quote

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.kernel import jobs
from samspel.kernel.tasks import MOST_ATTEMPTS
from samspel.post.models import MessageState

pytestmark = pytest.mark.django_db(transaction=True)


def test_job_of_a_killed_worker_is_taken_up_again_and_the_message_arrives(write, work, mail_server, settings):
    taken, go_on = threading.Event(), threading.Event()
    mail_server.linger = lambda: (taken.set(), go_on.wait(30))
    message = write()
    worker = _start_worker(settings)
    try:
        assert taken.wait(60), "the worker never came to the message"
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    go_on.set()
    mail_server.linger = None
    mail_server.messages.clear()
    assert _delivery().status == "doing"

    _let_heartbeats_grow_old()
    jobs.queue("kernel.rescue_stalled", timestamp=0)
    work()

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert [arrived["Message-ID"] for arrived in mail_server.messages] == [f"<{message.key}@localhost>"]
    assert (_delivery().status, _delivery().attempts) == ("succeeded", 2)


def test_job_of_a_living_worker_is_left_alone(write, work, mail_server):
    write()
    _take(_delivery(), heartbeat="now()")

    jobs.queue("kernel.rescue_stalled", timestamp=0)
    work()

    assert _delivery().status == "doing"
    assert mail_server.messages == []


def test_job_that_takes_worker_after_worker_with_it_is_set_aside(write, work, mail_server):
    write()
    _take(_delivery(), heartbeat="now() - interval '1 minute'", attempts=MOST_ATTEMPTS)

    jobs.queue("kernel.rescue_stalled", timestamp=0)
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


def _delivery() -> ProcrastinateJob:
    return ProcrastinateJob.objects.get(task_name="post.deliver")


def _let_heartbeats_grow_old() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")


def _take(job: ProcrastinateJob, *, heartbeat: str, attempts: int = 1) -> None:
    """Let a job be under way at a worker whose heart beat then."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({heartbeat}) RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            [worker, attempts, job.pk],
        )


def _start_worker(settings) -> subprocess.Popen:
    """A worker as the supervisor starts one, on the test's database and mail server."""
    base = connection.settings_dict
    host, port = quote(str(base["HOST"]), safe=""), quote(str(base["PORT"]), safe="")
    user, name = quote(base["USER"]), quote(base["NAME"])
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{user}@/{name}?host={host}" + (f"&port={port}" if port else ""),
        "SAMSPEL_EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "samspel.config.worker", "urgent"], env=environment, start_new_session=True
    )
