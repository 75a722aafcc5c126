"""What is written and never submitted does not lie for ever: those who write are warned, and then it is deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState
from samspel.forms.operations import forgetting
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.telling import tell
from samspel.forms.queries.endings import ending_of
from samspel.forms.queries.people import in_force_of
from samspel.forms.queries.seeing import with_subject
from samspel.kernel import jobs
from samspel.kernel.audit import SYSTEM, record


@transaction.atomic
def warn(*, answer: Answer, by: Any, at: datetime) -> Answer:
    """Tell those who take part that what is written is to be deleted unless somebody goes on. Once for each pause.

    Raises PermissionDenied for anybody but the system, AnswerRefused before it is time.
    """
    answer = _taken(answer, by)
    ending, today = ending_of(answer), timezone.localdate(at)
    if ending is None or not ending.is_to_be_warned(today):
        raise AnswerRefused(_("It is not time to delete what was written."), code="not_due")
    answer.warned_at = at
    answer.save(update_fields=["warned_at"])
    warned = ending_of(answer)
    ends_on = warned.on if warned else ending.on
    people = [row.person for row in in_force_of(answer, at)]
    told = tell("ends_soon", answer, people, at=at, lane=jobs.BULK, ends_on=ends_on, due_on=None)
    record(action="forms.answer.warned", on=answer, by=by, at=at, ends_on=ends_on, told=told)
    return answer


@transaction.atomic
def end(*, answer: Answer, by: Any, at: datetime) -> Answer:
    """End what nobody has gone on with since they were warned, and delete what was written in it.

    Raises PermissionDenied for anybody but the system, AnswerRefused before it is time.
    """
    answer = _taken(answer, by)
    ending, today = ending_of(answer), timezone.localdate(at)
    if ending is None or not ending.is_over(today):
        raise AnswerRefused(_("It is not time to delete what was written."), code="not_due")
    with override("sv"):
        answer.withdrawn_because = str(_("Nobody has gone on with it since those who write were warned."))
    answer.state, answer.withdrawn_at, answer.withdrawn_by = AnswerState.WITHDRAWN, at, by.key
    answer.forget_on = today
    answer.save(update_fields=["state", "withdrawn_because", "withdrawn_at", "withdrawn_by", "forget_on"])
    record(action="forms.answer.lapsed", on=answer, by=by, at=at)
    return forgetting.forget(answer=answer, by=by, at=at)


def _taken(answer: Answer, by: Any) -> Answer:
    permissions.require(by is SYSTEM)
    taken: Answer = with_subject(Answer.objects.all()).select_for_update(of=("self",)).get(pk=answer.pk)
    return taken
