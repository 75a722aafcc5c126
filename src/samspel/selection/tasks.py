"""Jobs of selection: a protocol that could not be made when its step was taken."""

from __future__ import annotations

from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samspel.selection.models import Round
from samspel.selection.operations import filing

# Some ten tries over two days: a template is put right by a new version of the program.
_AGAIN = RetryStrategy(max_attempts=10, exponential_wait=4)


@app.task(name=filing.TASK, queue="bulk", retry=_AGAIN)
def file_protocol(*, round: int, step: str, which: str, at: str) -> None:
    """Make the protocol as of the moment of its step, and register it."""
    filing.file_protocol(
        round=Round.objects.select_related("edition__scheme").get(pk=round),
        step=step,
        which=which,
        at=datetime.fromisoformat(at),
    )
