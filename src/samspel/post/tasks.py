"""Jobs of post: deliver one message; look after those left behind."""

from __future__ import annotations

import structlog
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from samspel.post import operations
from samspel.post.rules import failures

# Waits of 4, 16, 64, 256 seconds between them: within the quarter of an hour that a login code is good for.
RETRIES = 4

log = structlog.get_logger(__name__)


class NotDelivered(Exception):
    """The mail server did not take a message. Holds a reason code, never an address: it ends in a log."""


@app.task(
    name=operations.DELIVER,
    queue="urgent",
    retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=4),
    pass_context=True,
)
def deliver(context: JobContext, *, message_key: str) -> None:
    """Deliver one message. After a final no, or the last try, it stands as failed with its reason.

    Raises NotDelivered if the job should be tried again, or stand as failed.
    """
    try:
        operations.deliver(message_key=message_key, at=timezone.now())
        return
    except Exception as error:
        failure = failures.of(error)
    is_last = context.job is None or context.job.attempts >= RETRIES
    if failure.is_final or is_last:
        operations.give_up(message_key=message_key, because=failure.reason)
        log.warning("post.message.given_up", message_key=message_key, reason=failure.reason)
    if not failure.is_final:
        raise NotDelivered(failure.reason)


@app.periodic(cron="*/10 * * * *")
@app.task(name="post.queue_stranded", queue="urgent", queueing_lock="post.queue_stranded")
def queue_stranded(timestamp: int) -> None:
    """Every ten minutes: messages without a job get one."""
    if found := operations.queue_stranded(at=timezone.now()):
        log.warning("post.messages.stranded", number=found)


@app.periodic(cron="15 3 * * *")
@app.task(name="post.forget", queue="bulk", queueing_lock="post.forget")
def forget(timestamp: int) -> None:
    """Every night: addresses whose time is over are deleted."""
    operations.forget(at=timezone.now())
