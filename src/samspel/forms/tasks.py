"""Jobs of forms: what was submitted becomes a document, and what has had its time is deleted."""

from __future__ import annotations

import structlog
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samspel.forms.models import HandOut, Submission
from samspel.forms.operations import handing_out, keeping, nightly

log = structlog.get_logger(__name__)


# Some ten tries over two days: a template is put right by a new version of the program.
_AGAIN = RetryStrategy(max_attempts=10, exponential_wait=4)


@app.task(name="forms.keep_submission", queue="urgent", retry=_AGAIN)
def keep_submission(submission: int) -> None:
    """Keep a submission as PDF/A, and register it where its organizer has an open case file."""
    keeping.keep(submission=Submission.objects.get(pk=submission), at=timezone.now())


@app.task(name="forms.go_on_handing_out", queue="bulk", retry=_AGAIN)
def go_on_handing_out(hand_out: int) -> None:
    """Hand out what is left of a handing-out, or withdraw it: lot by lot, each kept before the next."""
    decided = HandOut.objects.get(pk=hand_out)
    while handing_out.go_on(hand_out=decided, at=timezone.now()) is not None:
        pass


@app.periodic(cron="50 3 * * *")
@app.task(name="forms.forget", queue="bulk", queueing_lock="forms.forget")
def forget(timestamp: int) -> None:
    """Every night: what has had its time is emptied, old tests deleted, and what nobody goes on with warned of, or
    ended."""
    done = nightly.forget_those_due(at=timezone.now())
    if done.failed:
        log.error("forms.answers.not_forgotten", keys=done.failed)
