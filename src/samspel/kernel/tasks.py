"""Jobs of upkeep: what a dead worker held is taken up again, what is long done or expired is cleared away."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

# Heartbeats come every ten seconds; three missed ones mean that the worker is gone.
SECONDS_WITHOUT_HEARTBEAT = 30
# A job that has taken this many workers with it is set aside as failed.
MOST_ATTEMPTS = 20
HOURS_KEPT = 24
HOURS_FAILED_KEPT = 30 * 24

log = structlog.get_logger(__name__)


@app.periodic(cron="* * * * * */10")
@app.task(
    name="kernel.rescue_stalled", queue="urgent", queueing_lock="kernel.rescue_stalled", priority=10, pass_context=True
)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Every ten seconds. Every task must bear to run twice: a worker thought dead may only have slept."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SECONDS_WITHOUT_HEARTBEAT):
        log.warning("kernel.job.stalled", job=job.id, task=job.task_name, attempts=job.attempts)
        try:
            await _rescue(jobs, job)
        except ConnectorException:
            # Another rescuer was first; the other stalled jobs still want theirs.
            log.info("kernel.job.rescued_elsewhere", job=job.id)


async def _rescue(jobs: JobManager, job: Job) -> None:
    if job.attempts >= MOST_ATTEMPTS:
        await jobs.finish_job(job, status=Status.FAILED, delete_job=False)
        return
    try:
        await jobs.retry_job(job)
    except ConnectorException:
        if job.queueing_lock is None:
            raise
        # An equal job waits already: this one is not needed.
        await jobs.finish_job(job, status=Status.FAILED, delete_job=False)


@app.periodic(cron="40 * * * *")
@app.task(name="kernel.clear_old_jobs", queue="bulk", queueing_lock="kernel.clear_old_jobs", pass_context=True)
async def clear_old_jobs(context: JobContext, timestamp: int) -> None:
    """Every hour: jobs done a day ago go; failed ones stay a month, to be looked at."""
    jobs = context.app.job_manager
    await jobs.delete_old_jobs(nb_hours=HOURS_KEPT)
    await jobs.delete_old_jobs(nb_hours=HOURS_FAILED_KEPT, include_failed=True)


@app.periodic(cron="50 * * * *")
@app.task(name="kernel.clear_cache", queue="bulk", queueing_lock="kernel.clear_cache")
def clear_cache(timestamp: int) -> None:
    """Every hour: what the shared cache holds beyond its time goes; rate limits keep network addresses there."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < now()")
