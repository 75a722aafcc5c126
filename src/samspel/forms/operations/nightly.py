"""What a night does with what has had its time: each answer in a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.utils import timezone

from samspel.forms.models import Answer, AnswerState, Presence
from samspel.forms.operations import ending, forgetting
from samspel.forms.queries.endings import ending_of, near_their_end
from samspel.kernel.audit import SYSTEM

log = structlog.get_logger(__name__)


@dataclass
class Night:
    """What was done, as counts, and the keys of those with which it failed."""

    emptied: int = 0
    tests: int = 0
    warned: int = 0
    ended: int = 0
    failed: list[str] = field(default_factory=list)


def forget_those_due(*, at: datetime) -> Night:
    """Empty every answer whose day has come, delete old tests, warn of what nobody goes on with, and end it in time."""
    night, today = Night(), timezone.localdate(at)
    due = Answer.objects.filter(forget_on__lte=today, forgotten_at=None).exclude(state=AnswerState.WRITING)
    for answer in due.order_by("pk"):
        night.emptied += _done(forgetting.forget, answer, night, at)
    old = Answer.objects.filter(is_test=True, begun_at__lt=at - forgetting.TEST_LIVES)
    for answer in old.order_by("pk"):
        night.tests += _done(forgetting.delete_test, answer, night, at)
    for answer in near_their_end(at):
        found = ending_of(answer)
        if found is not None and found.is_over(today):
            night.ended += _done(ending.end, answer, night, at)
        elif found is not None and found.is_to_be_warned(today):
            night.warned += _done(ending.warn, answer, night, at)
    Presence.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()
    return night


def _done(deed: Any, answer: Answer, night: Night, at: datetime) -> int:
    try:
        deed(answer=answer, by=SYSTEM, at=at)
    except Exception as fault:
        # One that cannot be emptied keeps no other one's data; who looks after the system is told by its key.
        log.error("forms.answer.not_forgotten", key=str(answer.key), fault=type(fault).__name__)
        night.failed.append(str(answer.key))
        return 0
    return 1
