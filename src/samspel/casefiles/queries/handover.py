"""What case files add to a handover page: what she has in her hands at the agency; what her organizer has exchanged.

The page is read by who leaves, who comes and those who appoint at the same place. So an organizer's page tells of the
letters between it and the agency and of her own questions by their day; never what somebody else there wrote, notes
of the agency, what bears a secrecy mark, or the selection.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.accounts.queries import ToDo
from samspel.casefiles.models import CaseFile, CaseFileState, Direction, Document, Question, QuestionState
from samspel.casefiles.permissions import HANDLE, HANDLE_QUESTIONS, KEPT_FROM_SUPPORTERS, TABLE
from samspel.kernel.ui.dates import day_text
from samspel.registry.models import Appointment
from samspel.registry.queries.handover import HandoverPart

MOST_ROWS: Final = 50


def part(appointment: Appointment, at: datetime) -> HandoverPart | None:
    """What there is to hand over with an appointment; None if nothing. At most three queries."""
    if appointment.organizer_id is not None:
        rows = [*_own_questions(appointment), *_letters(appointment)]
        return HandoverPart(_("Questions to the agency, and letters to it and from it"), rows) if rows else None
    if appointment.university_id is not None:
        return None
    rows = [*_case_files(appointment), *_answered(appointment)]
    return HandoverPart(_("Case files and questions in hand"), rows, reverse("casefiles:list")) if rows else None


def _case_files(appointment: Appointment) -> Iterator[ToDo]:
    if appointment.role not in TABLE.deeds[HANDLE].roles:
        return
    hers = CaseFile.objects.filter(handler=appointment.person.key, state=CaseFileState.OPEN).select_related("series")
    for one in hers.order_by("-opened_at", "-pk")[:MOST_ROWS]:
        title = _("Secrecy mark") if one.secrecy_ground else one.title
        yield ToDo(
            f"{one.diary_number} {title}",
            reverse("casefiles:detail", args=[one.address]),
            _("An open case file that she handles"),
        )


def _answered(appointment: Appointment) -> Iterator[ToDo]:
    """Those that wait for an answer stand in Att göra, and so on the page already."""
    if appointment.role not in TABLE.deeds[HANDLE_QUESTIONS].roles:
        return
    hers = Question.objects.filter(owner=appointment.person.key, state=QuestionState.ANSWERED)
    for one in hers.order_by("-received_at", "-id")[:MOST_ROWS]:
        yield ToDo(one.subject, reverse("casefiles:question", args=[one.key]), _("Answered, and not closed"))


def _own_questions(appointment: Appointment) -> Iterator[ToDo]:
    """By their day alone: what she wrote is hers to tell."""
    hers = Question.objects.filter(person=appointment.person_id, organizer=appointment.organizer_id)
    for one in hers.exclude(state=QuestionState.CLOSED).order_by("-received_at", "-id")[:MOST_ROWS]:
        title = _("Question to the agency, sent on %(day)s") % {"day": day_text(timezone.localdate(one.received_at))}
        yield ToDo(title, "", one.get_state_display())


def _letters(appointment: Appointment) -> Iterator[ToDo]:
    organizers = Q(person=None, counterpart="") | Q(person=appointment.person_id)
    exchanged = Document.objects.filter(
        organizers,
        organizer=appointment.organizer_id,
        direction__in=[Direction.IN, Direction.OUT],
        is_secret=False,
        case_file__secrecy_ground="",
        misregistered_at=None,
    ).exclude(case_file__series__code__in=KEPT_FROM_SUPPORTERS)
    for one in exchanged.select_related("case_file__series").order_by("-on", "-pk")[:MOST_ROWS]:
        number = f"{one.case_file.diary_number}-{one.number}"
        yield ToDo(f"{number} {one.title}", "", f"{one.get_direction_display()}, {day_text(one.on)}")
