"""When the time a form said is over, what was written in it is deleted; that it was written stays.

What was registered in a case file is the agency's document: it is kept or destroyed as the archive rules say, and not
here. The digest of what was submitted, who took part (keys), decisions and the audit stay.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
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
    Reopening,
    SetAside,
    Submission,
)
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.definitions import Type
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.files import storing
from samspel.kernel.files.models import StoredFile

# How long a test is of use to anybody.
TEST_LIVES: Final = timedelta(days=30)


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
    files = _files_of(answer)
    counts = _emptied(answer)
    counts["files"] = sum(map(storing.let_go, files))
    answer.forgotten_at = at
    answer.save(update_fields=["forgotten_at"])
    record(action="forms.answer.forgotten", on=answer, by=by, at=at, **counts)
    return answer


@transaction.atomic
def throw_away_test(*, answer: Answer, by: Any, at: datetime) -> None:
    """Delete a test that one has begun oneself. Raises PermissionDenied, AnswerRefused for one that is none."""
    permissions.require(answer.begun_by is not None and answer.begun_by == by.key)
    delete_test(answer=answer, by=by, at=at)


@transaction.atomic
def delete_test(*, answer: Answer, by: Any, at: datetime) -> None:
    """Delete a test that is of no use any more, whole. Raises PermissionDenied, AnswerRefused for one that is none."""
    if by is not SYSTEM:
        permissions.TABLE.require(by, permissions.EDIT_DEFINITIONS, at)
    answer = Answer.objects.select_for_update().get(pk=answer.pk)
    if not answer.is_test:
        raise AnswerRefused(_("Only a test is deleted."), code="no_test")
    record(action="forms.answer.test_deleted", on=answer, by=by, at=at)
    files = _files_of(answer)
    for model in (Submission, Reopening, HandedIn):
        model.objects.filter(answer=answer).delete()
    answer.delete()
    for file in files:
        storing.let_go(file)


def _emptied(answer: Answer) -> dict[str, int]:
    """Delete what was written, and empty what must stay; how many rows of each."""
    unregistered = {"answer": answer, "document": None}
    counts = {
        "fields": Field.objects.filter(answer=answer).delete()[0],
        "changes": FieldChange.objects.filter(answer=answer).delete()[0],
        "comments": Comment.objects.filter(answer=answer).delete()[0],
        "set_aside": SetAside.objects.filter(answer=answer).delete()[0],
        "differing_views": DifferingView.objects.filter(answer=answer).delete()[0],
        "submissions": Submission.objects.filter(answer=answer).update(values={}),
        "handed_in": HandedIn.objects.filter(**unregistered).delete()[0],
    }
    HandedIn.objects.filter(answer=answer).update(read={}, decided={})
    Submission.objects.filter(**unregistered).update(file=None)
    return counts


def _files_of(answer: Answer) -> list[StoredFile]:
    """Files that this answer alone has: handed in as answers, filled PDFs, and what it was made to."""
    body = body_of(answer.version)
    asked = [key for key, question in body.questions.items() if question.type == Type.FILE]
    written = FieldChange.objects.filter(answer=answer, path__in=asked).values_list("value", flat=True)
    elsewhere = Field.objects.filter(value__in=list(written)).exclude(answer=answer)
    keys = set(filter(None, written)) - set(elsewhere.values_list("value", flat=True))
    made = Submission.objects.filter(answer=answer).values_list("file", flat=True)
    came = HandedIn.objects.filter(answer=answer).values_list("file", flat=True)
    return list(StoredFile.objects.filter(Q(key__in=keys) | Q(pk__in=[*filter(None, made), *came])))
