"""Jobs of post."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from samspel.post import operations

TRIES = 6


@app.task(
    name=operations.DELIVER,
    queue="urgent",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=4),
    pass_context=True,
)
def deliver(context: JobContext, *, message_key: str) -> None:
    """Deliver one message; after the last try it stands as failed, with the server's answer."""
    try:
        operations.deliver(message_key=message_key, at=timezone.now())
    except OSError as failure:
        if context.job is not None and context.job.attempts >= TRIES:
            operations.give_up(message_key=message_key, because=str(failure))
        raise
