"""Forms are handed out: to one organizer or many, to those there whom the form asks, with a day to be ready by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.forms import models, permissions
from samspel.forms.models import Answer, HandOut, HandOutReceiver
from samspel.forms.operations import answers
from samspel.forms.operations.handing_out import lots
from samspel.forms.operations.handing_out.words import AT_ONCE
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.queries.definitions import body_of, in_use
from samspel.forms.rules import definitions as rules
from samspel.kernel.audit import record
from samspel.registry.models import Organizer, University

# More organizers than there are in the country are a mistake.
MOST: Final = 3000
Receiver = Organizer | University


@dataclass
class HandedOut:
    """The handing-out, and what became of it so far: the answers begun, those of them that nobody can submit, and
    whoever was left out, each with a code of `words.WHY`. `is_new`: false if it had been decided already."""

    hand_out: HandOut
    is_new: bool = True
    answers: list[Answer] = field(default_factory=list)
    left: list[tuple[Any, str]] = field(default_factory=list)
    without_submitter: list[Any] = field(default_factory=list)


@transaction.atomic
def hand_out(
    *,
    definition: models.Definition,
    to: Iterable[Receiver],
    due_on: date,
    about: str = "",
    key: UUID | None = None,
    by: Any,
    at: datetime,
) -> HandedOut:
    """Hand a form out, and tell each who is to write or submit. A form about school units goes to each unit there.

    due_on: the day to be ready by; key: the same again does nothing, and gives what was decided the first time. Whoever
    has one open already, or has nobody to write it, is left out and told of. To at most `AT_ONCE` it is done when this
    returns, to more by a job. Raises PermissionDenied, LevelTooLow, AnswerRefused: nobody chosen, too many, a day gone
    by, no preschool named, not in use.
    """
    permissions.TABLE.require(by, permissions.HAND_OUT, at)
    receivers = list(dict.fromkeys(to))
    version = _version(definition)
    _require(body_of(version), receivers, due_on, at)
    answers.require_which(body_of(version), about)
    decided, is_new = HandOut.objects.get_or_create(
        key=key or uuid4(),
        defaults={
            "version": version,
            "due_on": due_on,
            "about": about.strip()[:200],
            "decided_at": at,
            "decided_by": by.key,
        },
    )
    if not is_new:
        permissions.require(decided.decided_by == by.key)
        return HandedOut(decided, is_new=False)
    HandOutReceiver.objects.bulk_create([_row(decided, one) for one in receivers])
    facts = {"hand_out": decided.key, "receivers": len(receivers), "due_on": due_on}
    record(action="forms.definition.handed_out", on=definition, by=by, at=at, **facts)
    return _begun(decided, at, is_many=len(receivers) > AT_ONCE)


def _begun(decided: HandOut, at: datetime, *, is_many: bool) -> HandedOut:
    made = HandedOut(decided)
    if is_many:
        lots.queue(decided)
        return made
    for lot in lots.carry_out(hand_out=decided, at=at):
        made.answers += lot.answers
        made.left += lot.left
        made.without_submitter += lot.without_submitter
    return made


def _row(decided: HandOut, one: Receiver) -> HandOutReceiver:
    return HandOutReceiver(hand_out=decided, **{"university" if isinstance(one, University) else "organizer": one})


def _version(definition: models.Definition) -> models.Version:
    version = in_use(definition.slug)
    if version is None or definition.ended_on is not None:
        raise AnswerRefused(_("The form is not in use."), code="not_in_use")
    return version


def _require(body: rules.Definition, receivers: list[Receiver], due_on: date, at: datetime) -> None:
    if not receivers:
        raise AnswerRefused(_("Say who is to have it."), code="nobody")
    if len(receivers) > MOST:
        raise AnswerRefused(_("That is too many at a time. Hand it out to at most 3,000."), code="too_many")
    if due_on < timezone.localdate(at):
        raise AnswerRefused(_("The day has gone by. Choose a later one."), code="day_gone_by")
    kind = University if body.subject == "university" else Organizer
    if body.subject in ("", "person") or not all(isinstance(one, kind) for one in receivers):
        raise AnswerRefused(_("The form is about something else."), code="other_subject")
