"""When the time a form said is over, what was written in it is deleted; that it was written stays.

What was registered in a case file is the agency's document: it is kept or destroyed as the archive rules say, and not
here. The digest of what was submitted, who took part (keys), decisions and the audit stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.models import (
    Answer,
    AnswerState,
    Comment,
    DifferingView,
    Field,
    FieldChange,
    HandedIn,
    Presence,
    Reopening,
    SetAside,
    Submission,
)
from samspel.forms.operations.refusals import AnswerRefused
from samspel.kernel.audit import SYSTEM, record

# How long a test is of use to anybody.
TEST_LIVES: Final = timedelta(days=30)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Forgotten:
    """What a night did, as counts, and the keys of those with which it failed."""

    emptied: int
    tests: int
    failed: list[str]


@transaction.atomic
def forget(*, answer: Answer, by: Any, at: datetime) -> Answer:
    """Delete what was written in an answer whose day has come. Done again it changes nothing.

    Raises PermissionDenied for anybody but the system, AnswerRefused: its day has not come, it is being written.
    """
    permissions.require(by is SYSTEM)
    answer = Answer.objects.select_for_update().get(pk=answer.pk)
    if answer.forgotten_at is not None:
        return answer
    is_due = answer.forget_on is not None and answer.forget_on <= timezone.localdate(at)
    if not is_due or answer.state == AnswerState.WRITING:
        raise AnswerRefused(_("It is not time to delete what was written."), code="not_due")
    counts = {
        "fields": Field.objects.filter(answer=answer).delete()[0],
        "changes": FieldChange.objects.filter(answer=answer).delete()[0],
        "comments": Comment.objects.filter(answer=answer).delete()[0],
        "set_aside": SetAside.objects.filter(answer=answer).delete()[0],
        "differing_views": DifferingView.objects.filter(answer=answer).delete()[0],
        "submissions": Submission.objects.filter(answer=answer).update(values={}),
        "handed_in": HandedIn.objects.filter(answer=answer).update(read={}, decided={}),
    }
    _let_go_of_files(answer)
    answer.forgotten_at = at
    answer.save(update_fields=["forgotten_at"])
    record(action="forms.answer.forgotten", on=answer, by=by, at=at, **counts)
    return answer


@transaction.atomic
def delete_test(*, answer: Answer, by: Any, at: datetime) -> None:
    """Delete a test that is of no use any more, whole. Raises PermissionDenied, AnswerRefused for one that is none."""
    if by is not SYSTEM:
        permissions.TABLE.require(by, permissions.EDIT_DEFINITIONS, at)
    answer = Answer.objects.select_for_update().get(pk=answer.pk)
    if not answer.is_test:
        raise AnswerRefused(_("Only a test is deleted."), code="no_test")
    record(action="forms.answer.test_deleted", on=answer, by=by, at=at)
    for model in (Submission, Reopening, HandedIn):
        model.objects.filter(answer=answer).delete()
    answer.delete()


def forget_those_due(*, at: datetime) -> Forgotten:
    """Empty every answer whose day has come, and delete old tests, each in a transaction of its own."""
    due = Answer.objects.filter(forget_on__lte=timezone.localdate(at), forgotten_at=None)
    emptied, failed = _each(due.exclude(state=AnswerState.WRITING), forget, at)
    tests, more = _each(Answer.objects.filter(is_test=True, begun_at__lt=at - TEST_LIVES), delete_test, at)
    Presence.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()
    return Forgotten(emptied, tests, failed + more)


def _each(answers: Any, deed: Any, at: datetime) -> tuple[int, list[str]]:
    done, failed = 0, []
    for answer in answers.order_by("pk"):
        try:
            deed(answer=answer, by=SYSTEM, at=at)
            done += 1
        except Exception as fault:
            # One that cannot be emptied keeps no other one's data; who looks after the system is told by its key.
            log.error("forms.answer.not_forgotten", key=str(answer.key), fault=type(fault).__name__)
            failed.append(str(answer.key))
    return done, failed


def _let_go_of_files(answer: Answer) -> None:
    """What no case file has is no longer pointed to from here."""
    Submission.objects.filter(answer=answer, document=None).update(file=None)
