"""Jobs of reminders: planned and sent every few minutes, forgotten at night."""

from __future__ import annotations

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from samspel.letters.operations import reminders

log = structlog.get_logger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="letters.remind", queue="bulk", queueing_lock="letters.remind")
def remind(timestamp: int) -> None:
    """Every five minutes: what has changed is planned anew, what is due is sent. Bears to run twice at once."""
    at = timezone.now()
    put_right = reminders.put_right(at=at)
    planned = reminders.plan(at=at)
    tally = reminders.send_due(at=at)
    if put_right or planned.planned or planned.dropped or tally.mails or tally.ended:
        log.info(
            "letters.reminders", put_right=put_right, planned=planned.planned, dropped=planned.dropped,
            mails=tally.mails, reminders=tally.sent, ended=tally.ended,
        )  # fmt: skip


@app.periodic(cron="25 3 * * *")
@app.task(name="letters.forget_reminders", queue="bulk", queueing_lock="letters.forget_reminders")
def forget_reminders(timestamp: int) -> None:
    """Every night: what was sent long ago is forgotten."""
    log.info("letters.reminders.forgotten", number=reminders.forget(at=timezone.now()))
