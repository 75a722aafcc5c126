"""Taking an answer in hand: locked, and for a deed that may be done with it as it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState
from samspel.forms.operations.refusals import AnswerRefused

STANDS_SO: Final = {
    AnswerState.WRITING: _("The form has not been submitted."),
    AnswerState.SUBMITTED: _("The form is submitted. Nothing in it changes until somebody decides to open it again."),
    AnswerState.WITHDRAWN: _("The form is no longer asked for."),
}

_PUTS_SOMETHING_THERE: Final = frozenset({permissions.DIFFER, permissions.REOPEN})


def take(deed: str, answer: Answer, *, by: Any, at: datetime) -> Answer:
    """The answer, locked, with its version and definition, for a deed that `by` may do in the state it is in.

    Raises PermissionDenied, LevelTooLow, or AnswerRefused where only the state stands in the way, or that what was
    written has been deleted.
    """
    locked = Answer.objects.select_for_update(of=("self",)).select_related("version__definition").get(pk=answer.pk)
    if not permissions.TABLE.deeds[deed].roles_in(locked.state):
        permissions.require(permissions.may_in_some_state(by, deed, locked, at))
        raise AnswerRefused(STANDS_SO[AnswerState(locked.state)], code=f"is_{locked.state}")
    permissions.require_may(by, deed, locked, at)
    if locked.forgotten_at is not None and deed in _PUTS_SOMETHING_THERE:
        # What comes after its time would never be deleted.
        raise AnswerRefused(_("What was written has been deleted, since its time was over."), code="forgotten")
    return locked
