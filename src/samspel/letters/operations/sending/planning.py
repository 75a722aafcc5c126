"""A letter is planned for a moment, and taken out of the plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from samspel.kernel import jobs
from samspel.kernel.audit import record
from samspel.letters import permissions
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations.sending.checking import require_as_approved
from samspel.letters.operations.sending.refusals import LetterRefused
from samspel.letters.operations.sending.taking import taken
from samspel.letters.queries import chosen
from samspel.letters.rules import moments

START: Final = "letters.start"


@transaction.atomic
def plan(*, letter: Letter, moment: datetime, by: Any, at: datetime) -> Letter:
    """Send it at that moment; planned again, the new moment holds. Who would get it now is kept, to tell what changed.

    Raises LetterRefused: not approved, nobody gets it, a moment that has passed or is more than a year ahead.
    """
    permissions.TABLE.require_in_some_state(by, permissions.SEND, at)
    letter = taken(letter)
    require_unsent(letter)
    if moment <= at:
        raise LetterRefused(moments.PASSED)
    if moment - at > moments.FURTHEST:
        raise LetterRefused(moments.FAR_AHEAD)
    to = chosen.recipients(letter, at)
    require_as_approved(letter, to, at)
    letter.state, letter.planned_for, letter.planned_by = LetterState.PLANNED, moment, by.key
    letter.planned_recipients, letter.stopped_because = [one.key for one in to], ""
    letter.save(update_fields=["state", "planned_for", "planned_by", "planned_recipients", "stopped_because"])
    # One that was planned for another time finds that it is not due, and ends.
    jobs.queue(START, not_before=moment, letter_key=str(letter.key))
    record(action="letters.letter.planned", on=letter, by=by, at=at, moment=moment, recipients=len(to))
    return letter


@transaction.atomic
def unplan(*, letter: Letter, by: Any, at: datetime) -> Letter:
    """It stays approved, and is not sent until somebody plans it again. Raises LetterRefused if it is not planned."""
    permissions.TABLE.require_in_some_state(by, permissions.SEND, at)
    letter = taken(letter)
    if letter.state != LetterState.PLANNED:
        raise LetterRefused("sent_already" if letter.state == LetterState.SENT else "not_approved")
    letter.state, letter.planned_for, letter.planned_by, letter.planned_recipients = (
        LetterState.APPROVED,
        None,
        None,
        [],
    )
    letter.save(update_fields=["state", "planned_for", "planned_by", "planned_recipients"])
    record(action="letters.letter.unplanned", on=letter, by=by, at=at)
    return letter


def require_unsent(letter: Letter) -> None:
    """Raises LetterRefused unless it is approved or planned."""
    if letter.state == LetterState.SENT:
        raise LetterRefused("sent_already")
    if letter.state not in (LetterState.APPROVED, LetterState.PLANNED):
        raise LetterRefused("not_approved")
