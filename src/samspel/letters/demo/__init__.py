"""The demo's letters: of the year, planned, come back in part, waiting for a yes, and half written."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samspel.letters.demo import playing, reading


def fill(at: datetime | None = None) -> None:
    """Add what is not there yet, and nothing twice. Nothing, where the demo's people are not."""
    at = at or timezone.now()
    for told in reading.letters():
        playing.play(told, at)
