"""The demo's forms: handed out, half written, submitted, opened again, handed in as PDF, and overdue."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samspel.forms.demo import drafts, playing, reading, rounds


def fill(at: datetime | None = None) -> None:
    """Add what is not there yet, and nothing twice."""
    at = at or timezone.now()
    for story in reading.stories():
        playing.play(story, at)
    rounds.fill(at)
    drafts.fill(at)
