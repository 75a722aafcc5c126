"""A participant sees it otherwise: her words stand on the answer beside what the others submit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.forms import permissions
from samspel.forms.models import Answer, DifferingView
from samspel.forms.operations.comments import plain
from samspel.forms.operations.taking import take
from samspel.kernel.audit import record


@transaction.atomic
def differ(*, answer: Answer, words: str, by: Any, at: datetime) -> DifferingView:
    """Write down what somebody who takes part sees otherwise; the same words once. Never taken away or changed.

    Raises PermissionDenied, AnswerRefused: no words, too many.
    """
    answer = take(permissions.DIFFER, answer, by=by, at=at)
    kept = plain(words)
    said = DifferingView.objects.filter(answer=answer, person=by, words=kept).first()
    if said is not None:
        return said
    said = DifferingView.objects.create(answer=answer, person=by, words=kept, said_at=at)
    record(action="forms.answer.differed", on=answer, by=by, at=at, view=said.pk)
    return said
