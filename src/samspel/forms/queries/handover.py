"""What forms add to a handover page: those that she takes part in by the task that she leaves.

The page is read by who leaves, who comes and those who appoint there: so by name and day alone, never what is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.accounts.queries import ToDo
from samspel.forms.models import Answer, AnswerState, Participant
from samspel.forms.permissions import answers_of
from samspel.forms.queries.seeing import about_whom, form_name, with_subject
from samspel.registry.models import Appointment
from samspel.registry.queries.handover import HandoverPart
from samspel.registry.queries.holdings import place_of

MOST_ROWS: Final = 50
TITLE: Final = gettext_lazy("Forms")


def part(appointment: Appointment, at: datetime) -> HandoverPart | None:
    """The forms of an appointment: those being written first. None if there are none. Two queries."""
    rows = Participant.objects.filter(answers_of(place_of(appointment)), role=appointment.role, answer__is_test=False)
    deeds: dict[int, Any] = {one.answer_id: one for one in rows.filter(person=appointment.person_id).order_by("pk")}
    found = with_subject(Answer.objects.filter(pk__in=deeds)).exclude(state=AnswerState.WITHDRAWN)
    shown = list(_rows(found.order_by("-state", "due_on", "-begun_at", "-pk")[:MOST_ROWS], deeds)) if deeds else []
    return HandoverPart(TITLE, shown) if shown else None


def _rows(answers: Any, deeds: dict[int, Any]) -> Iterator[ToDo]:
    for answer in answers:
        whom = about_whom(answer)
        title = f"{form_name(answer)}, {whom}" if whom else form_name(answer)
        said = f"{answer.get_state_display()}. {deeds[answer.pk].get_deed_display()}."
        if answer.state == AnswerState.WRITING:
            said += " " + _("Who comes after is brought in on the form's page, by an administrator or the chief.")
        yield ToDo(title, "", said, answer.due_on if answer.state == AnswerState.WRITING else None)
