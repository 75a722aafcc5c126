"""Jobs that send letters at the moment planned, and forget in time to whom they went."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samspel.letters.models import Letter
from samspel.letters.operations import forgetting, sending

_AGAIN = RetryStrategy(max_attempts=10, exponential_wait=4)


@app.task(name=sending.START, queue="urgent", retry=_AGAIN)
def start(*, letter_key: str) -> None:
    """Start a letter that is planned for now. Done once, however often it runs; not at all if it was put off."""
    if letter := Letter.objects.filter(key=letter_key).first():
        sending.start_planned(letter=letter, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="letters.start_due", queue="urgent", queueing_lock="letters.start_due")
def start_due(timestamp: int) -> None:
    """Every five minutes: what was planned and has not been started, its job lost."""
    sending.start_due(at=timezone.now())


@app.periodic(cron="25 3 * * *")
@app.task(name="letters.forget", queue="bulk", queueing_lock="letters.forget")
def forget(timestamp: int) -> None:
    """Every night: names and addresses of recipients whose time is over."""
    forgetting.forget(at=timezone.now())
