"""Upkeep: what is long done or expired is cleared away."""

import pytest
from django.core.cache import cache
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.kernel import jobs


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def _keys() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM samspel_cache")
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.django_db
def test_what_the_cache_holds_beyond_its_time_goes():
    cache.clear()
    cache.set("lasting", 1, timeout=60)
    cache.set("expired", 1, timeout=60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE samspel_cache SET expires = now() - interval '1 s' WHERE cache_key LIKE '%%expired'")

    app.tasks["kernel.clear_cache"].func(timestamp=0)

    assert _keys() == [":1:lasting"]


@pytest.mark.django_db(transaction=True)
def test_jobs_done_a_day_ago_go_and_failed_ones_stay_a_month():
    for status, hours in (("succeeded", 23), ("succeeded", 25), ("failed", 25), ("failed", 31 * 24), ("todo", 25)):
        _add_job(status, hours)

    jobs.queue("kernel.clear_old_jobs", lane="bulk", timestamp=0)
    _work()

    left = ProcrastinateJob.objects.filter(queue_name="test").order_by("id")
    assert [(job.status, job.args["hours"]) for job in left] == [("succeeded", 23), ("failed", 25), ("todo", 25)]


def _add_job(status: str, hours: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, scheduled_at)"
            " VALUES ('test', 'kernel.clear_cache', jsonb_build_object('hours', %s::int), %s, now() + interval '1 day')"
            " RETURNING id",
            [hours, status],
        )
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, now() - make_interval(hours => %s))",
            [cursor.fetchone()[0], "deferred" if status == "todo" else status, hours],
        )
