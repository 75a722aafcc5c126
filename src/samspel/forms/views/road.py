"""What happens next with an answer, and who does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState, ParticipantDeed
from samspel.forms.queries.overview import Overview, SectionState
from samspel.forms.queries.people import TakesPart
from samspel.forms.views.finding import address_of
from samspel.kernel.ui.components import Badge


@dataclass(frozen=True)
class Next:
    """What happens next, who does it, by when, and where she does it if that is the reader."""

    what: Any
    who: Any = ""
    by: date | None = None
    url: str = ""
    action: Any = ""
    note: Any = ""


def next_of(
    answer: Answer, seen: Overview, people: Sequence[TakesPart], person: Any, at: datetime, *, opened_because: str = ""
) -> Next:
    """The next step of an answer. opened_because: the reason, if it was submitted and is opened again."""
    if answer.state == AnswerState.WITHDRAWN:
        return Next(_("Nothing: the form is no longer asked for."), note=answer.withdrawn_because)
    if answer.state == AnswerState.SUBMITTED:
        return Next(_("Nothing: the form is submitted. A decision is needed to open it again."))
    note = _("The day has gone by.") if answer.due_on and answer.due_on < timezone.localdate(at) else ""
    if opened_because:
        note = " ".join([note, _("Opened again: %(reason)s") % {"reason": opened_because}]).strip()
    if seen.ready == len(seen.sections) and not seen.missing:
        return _to_submit(answer, people, person, at, note)
    writes = permissions.may(person, permissions.WRITE, answer, at)
    where = first_to_write(seen, person)
    url = address_of(answer, "section", where.key) if where and writes else ""
    return Next(
        _("The form is written: %(ready)s of %(all)s sections are ready.")
        % {"ready": seen.ready, "all": len(seen.sections)},
        _names(people, ParticipantDeed.SUBMIT, ParticipantDeed.WRITE)
        or _("Somebody who submits has to be brought in."),
        answer.due_on,
        url,
        _("Write “%(section)s”") % {"section": where.title} if url and where else "",
        note,
    )


def first_to_write(seen: Overview, person: Any) -> SectionState | None:
    """Where a person goes on: a section that is hers, then one that nobody has, then any that is not ready."""
    left = [one for one in seen.sections if not one.is_ready or one.missing] or seen.sections
    hers = [one for one in left if one.given_key == getattr(person, "key", None)]
    return next(iter([*hers, *(one for one in left if one.given_key is None), *left]), None)


def badge_of(answer: Answer, at: datetime) -> Badge:
    """Its state in a word."""
    if answer.state == AnswerState.SUBMITTED:
        return Badge(answer.get_state_display(), "success")
    if answer.state == AnswerState.WITHDRAWN:
        return Badge(answer.get_state_display(), "neutral")
    if answer.due_on and answer.due_on < timezone.localdate(at):
        return Badge(_("Late"), "warning")
    return Badge(answer.get_state_display(), "info")


def section_badge(section: SectionState) -> Badge:
    """A section's status in a word."""
    kinds = {"ready": "success", "writing": "info", "not_started": "neutral"}
    return Badge(section.label, kinds[section.status])


def _to_submit(answer: Answer, people: Sequence[TakesPart], person: Any, at: datetime, late: Any) -> Next:
    submits = permissions.may(person, permissions.SUBMIT, answer, at)
    return Next(
        _("Every section is ready. The form is gone through and submitted."),
        _names(people, ParticipantDeed.SUBMIT) or _("Somebody who submits has to be brought in."),
        answer.due_on,
        address_of(answer, "review") if submits else "",
        _("Go through and submit") if submits else "",
        late,
    )


def _names(people: Sequence[TakesPart], *deeds: str) -> str:
    found = [one.name for one in people if one.row.deed in deeds and not one.is_over and not one.is_ahead]
    return ", ".join(dict.fromkeys(found))
