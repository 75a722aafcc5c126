"""Case files' part of the demo: case files with their documents, and the shared mailbox."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samspel.casefiles.demo import case_files, questions


def fill(at: datetime | None = None) -> None:
    """Add what is not there yet, and nothing twice."""
    at = at or timezone.now()
    case_files.fill(at)
    questions.fill(at)
