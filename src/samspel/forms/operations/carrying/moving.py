"""The move itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState, Definition, Version, VersionState
from samspel.forms.operations.carrying.leaving import set_aside
from samspel.forms.operations.carrying.sections import move_comments, settle_marks
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.saving import write
from samspel.forms.operations.taking import STANDS_SO
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.prefill import prefilled
from samspel.forms.rules.differences import carried
from samspel.kernel.audit import SYSTEM, record


@transaction.atomic
def carry_over(*, answer: Answer, by: Any, at: datetime) -> Answer:
    """Move an answer to the version of its form that is in use now.

    What fits goes over, at its path; what does not is set aside with what it answered; new questions are filled in from
    what is known. A section that was ready is being written again if it is not as it was. By somebody who writes in it,
    or who hands out forms. Raises PermissionDenied, LevelTooLow; AnswerRefused: not being written, submitted once (it
    stays on the version it was submitted on), on the version in use already, or none is in use.
    """
    answer = Answer.objects.select_for_update(of=("self",)).select_related("version").get(pk=answer.pk)
    _require_may(answer, by, at)
    old, new = answer.version, _in_use(answer)
    was, becomes = body_of(old), body_of(new)
    before = fields_of(answer)
    found = carried(was, becomes, before)
    answer.version = new
    answer.save(update_fields=["version"])
    set_aside(answer, found.left, was)
    changes = {path: found.fields.get(path) for path, value in before.items() if found.fields.get(path) != value}
    write(answer=answer, values=changes, by=by, at=at, way="carried")
    known = {
        path: value for path, value in prefilled(answer, at).items() if path.partition("/")[0] not in was.questions
    }
    write(answer=answer, values=known, by=SYSTEM, at=at, way="prefill")
    move_comments(answer, becomes)
    settle_marks(answer, was, becomes, by=by, at=at)
    facts = {"left_version": old.number, "entered_version": new.number, "set_aside": len(found.left)}
    record(action="forms.answer.carried_over", on=answer, by=by, at=at, **facts)
    return answer


def _require_may(answer: Answer, by: Any, at: datetime) -> None:
    deeds = (permissions.WRITE, permissions.HAND_OUT)
    may = next((deed for deed in deeds if permissions.may(by, deed, answer, at)), None)
    if answer.state != AnswerState.WRITING:
        permissions.require(any(permissions.may_in_some_state(by, deed, answer, at) for deed in deeds))
        raise AnswerRefused(STANDS_SO[AnswerState(answer.state)], code=f"is_{answer.state}")
    permissions.require_may(by, may or permissions.WRITE, answer, at)
    if answer.submissions.exists():
        sentence = _("The form has been submitted once, and stays on the version it was submitted on.")
        raise AnswerRefused(sentence, code="submitted_before")


def _in_use(answer: Answer) -> Version:
    """The version to go over to; the definition is held, so that it stays the one in use until this is done."""
    definition = Definition.objects.select_for_update(no_key=True).get(pk=answer.version.definition_id)
    version = definition.versions.filter(state=VersionState.PUBLISHED).first()
    if version is None or definition.ended_on is not None:
        raise AnswerRefused(_("The form is no longer in use. Finish it on the version it is on."), code="not_in_use")
    if version.pk == answer.version_id:
        raise AnswerRefused(_("The form is on the version in use already."), code="in_use_already")
    return version
