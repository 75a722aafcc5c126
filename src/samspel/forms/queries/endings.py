"""Answers that nobody goes on with: when one was touched last, when it ends, and which are near their end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from samspel.forms.models import Answer, AnswerState, Version
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules import endings

# Shorter than any month, so that nothing is missed by the first, coarse look.
_MONTH = timedelta(days=28)


@dataclass(frozen=True)
class Ending:
    """An answer's last touch, how many months its form keeps it, and when its people were warned."""

    touched_on: date
    keep_months: int
    warned_on: date | None

    @property
    def on(self) -> date:
        """The day it ends if nobody goes on with it."""
        return endings.ends_on(self.touched_on, self.keep_months, self.warned_on)

    @property
    def is_warned(self) -> bool:
        """Whether they have been told that it does."""
        return endings.is_warned(self.touched_on, self.warned_on)

    def is_to_be_warned(self, today: date) -> bool:
        """Whether it is time to tell them."""
        return endings.is_to_be_warned(self.touched_on, self.keep_months, self.warned_on, today)

    def is_over(self, today: date) -> bool:
        """Whether its time is over."""
        return endings.is_over(self.touched_on, self.keep_months, self.warned_on, today)


def ending_of(answer: Answer) -> Ending | None:
    """When an answer that is being written ends; None for a test, for what is not being written, and where its form
    says no time. A day to be ready by that is to come counts as a touch. One query."""
    keep_months = body_of(answer.version).personal_data.keep_months
    if not keep_months or answer.is_test or answer.state != AnswerState.WRITING:
        return None
    opened_at = answer.reopenings.aggregate(last=Max("decided_at"))["last"]
    moments = [timezone.localdate(one) for one in (answer.begun_at, answer.saved_at, opened_at) if one]
    touched_on = max([*moments, *([answer.due_on] if answer.due_on else [])])
    warned_on = timezone.localdate(answer.warned_at) if answer.warned_at else None
    return Ending(touched_on, keep_months, warned_on)


def near_their_end(at: datetime) -> Iterator[Answer]:
    """Those that are being written and have lain so long that their end may be near. A query for each version in which
    something is written."""
    writing = Answer.objects.filter(state=AnswerState.WRITING, is_test=False)
    for version in Version.objects.filter(pk__in=writing.values("version")):
        if keep_months := body_of(version).personal_data.keep_months:
            before = at - keep_months * _MONTH + endings.WARNED_BEFORE
            yield from writing.filter(version=version, begun_at__lt=before).order_by("pk")
