"""Jobs that tell those concerned of what has come or moved."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samspel.letters.operations import key_dates, promises

_AGAIN = RetryStrategy(max_attempts=10, exponential_wait=4)


@app.task(name=promises.TELL, queue="bulk", retry=_AGAIN)
def tell_promise(*, promise_key: str) -> None:
    """Write the mailing about a promise that was kept. Done once, however often it runs."""
    promises.tell_of(promise_key=promise_key, at=timezone.now())


@app.task(name=key_dates.TELL, queue="bulk", retry=_AGAIN)
def tell_key_date(*, change_pk: int) -> None:
    """Write the mailing about a date that was changed. Done once, however often it runs."""
    key_dates.tell_of(change_pk=change_pk, at=timezone.now())
