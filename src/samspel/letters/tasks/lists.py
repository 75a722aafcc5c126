"""The job that empties named lists which nobody has looked through."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from samspel.letters.operations import lists


@app.periodic(cron="35 3 * * *")
@app.task(name="letters.run_out_lists", queue="bulk", queueing_lock="letters.run_out_lists")
def run_out(timestamp: int) -> None:
    """Every night: lists whose day of review is past."""
    lists.run_out(at=timezone.now())
