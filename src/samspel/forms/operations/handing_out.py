"""Forms are handed out: to one organizer or many, to those there whom the form asks, with a day to be ready by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.forms import models, permissions
from samspel.forms.models import Answer, ParticipantDeed
from samspel.forms.operations import answers, telling
from samspel.forms.operations.participants import Taking
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.queries.definitions import body_of, in_use
from samspel.forms.queries.people import Candidate, at_home
from samspel.forms.rules import definitions as rules
from samspel.kernel.audit import record
from samspel.registry.models import Appointment, Organizer, SchoolUnit, University
from samspel.registry.queries.holdings import in_force, organizer_place, university_place

MOST: Final = 400
Receiver = Organizer | University

# Why somebody got none.
NOBODY_THERE = "nobody_there"
OPEN_ALREADY = "open_already"
WHY: Final = {
    NOBODY_THERE: _("Nobody there has a task that the form is for."),
    OPEN_ALREADY: _("It is being written there already."),
}
NOBODY_SUBMITS: Final = _("It is handed out, but nobody there can submit it. Bring in somebody who does, on its page.")


@dataclass
class HandedOut:
    """What became of it: the answers begun, those of them that nobody can submit, and whoever was left out, each with
    a code of `WHY`."""

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
    by: Any,
    at: datetime,
) -> HandedOut:
    """Hand a form out, and tell each who is to write or submit. A form about school units goes to each unit there.

    due_on: the day to be ready by. Whoever has one open already, or has nobody to write it, is left out and told of.
    Raises PermissionDenied, LevelTooLow, AnswerRefused: nobody chosen, too many, a day gone by, no preschool named, not
    in use.
    """
    permissions.TABLE.require(by, permissions.HAND_OUT, at)
    receivers = list(dict.fromkeys(to))
    body = _body(definition)
    _require(body, receivers, due_on, at)
    answers.require_which(body, about)
    made = HandedOut()
    for receiver in receivers:
        for subject, people in _asked(body, receiver, at):
            _begin(made, definition, subject, people, due_on=due_on, about=about, by=by, at=at)
    facts = {"answers": len(made.answers), "left": len(made.left), "due_on": due_on}
    record(action="forms.definition.handed_out", on=definition, by=by, at=at, **facts)
    return made


def _body(definition: models.Definition) -> rules.Definition:
    version = in_use(definition.slug)
    if version is None or definition.ended_on is not None:
        raise AnswerRefused(_("The form is not in use."), code="not_in_use")
    return body_of(version)


def _require(body: rules.Definition, receivers: list[Receiver], due_on: date, at: datetime) -> None:
    if not receivers:
        raise AnswerRefused(_("Say who is to have it."), code="nobody")
    if len(receivers) > MOST:
        raise AnswerRefused(_("That is too many at a time. Hand it out to at most 400."), code="too_many")
    if due_on < timezone.localdate(at):
        raise AnswerRefused(_("The day has gone by. Choose a later one."), code="day_gone_by")
    kind = University if body.subject == "university" else Organizer
    if body.subject in ("", "person") or not all(isinstance(one, kind) for one in receivers):
        raise AnswerRefused(_("The form is about something else."), code="other_subject")


def _asked(
    body: rules.Definition, receiver: Receiver, at: datetime
) -> Iterator[tuple[Receiver | SchoolUnit, list[Candidate]]]:
    """Subject and those who are asked, for one receiver."""
    if isinstance(receiver, University):
        yield receiver, at_home(body, university_place(receiver.pk), at)
    elif body.subject in ("organizer", "preschool_unit"):
        yield receiver, at_home(body, organizer_place(receiver.pk), at)
    else:
        units = list(_units(body, receiver, at))
        if not units:
            yield receiver, []
        for unit in units:
            yield unit, at_home(body, organizer_place(receiver.pk), at, school_unit=unit)


def _units(body: rules.Definition, organizer: Organizer, at: datetime) -> Iterable[SchoolUnit]:
    """The units where somebody whom the form asks has her task."""
    wanted = {*body.writers, *body.submitters}
    held = Appointment.objects.filter(in_force(timezone.localdate(at)), organizer=organizer, role__in=wanted)
    return SchoolUnit.objects.filter(pk__in=held.values("school_unit"), ended_on=None).order_by("sort_key", "pk")


def _begin(
    made: HandedOut,
    definition: models.Definition,
    subject: Receiver | SchoolUnit,
    people: list[Candidate],
    *,
    due_on: date,
    about: str,
    by: Any,
    at: datetime,
) -> None:
    if not people:
        made.left.append((subject, NOBODY_THERE))
        return
    takings = [Taking(one.person, one.deed, timezone.localdate(at), role=one.role) for one in people]
    names: dict[type, str] = {Organizer: "organizer", SchoolUnit: "school_unit", University: "university"}
    given: dict[str, Any] = {names[type(subject)]: subject, "due_on": due_on, "about": about}
    try:
        answer = answers.begin(definition=definition, participants=takings, by=by, at=at, **given)
    except AnswerRefused as refusal:
        if refusal.code != OPEN_ALREADY:
            raise
        made.left.append((subject, OPEN_ALREADY))
        return
    telling.handed_out(answer, at=at)
    made.answers.append(answer)
    if not any(one.deed == ParticipantDeed.SUBMIT for one in people):
        made.without_submitter.append(subject)
