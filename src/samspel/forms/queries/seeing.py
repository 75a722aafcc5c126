"""Which answers a person may know of, and what each is called."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState
from samspel.kernel.permissions import AGENCY, Place, places_of


def visible_to(person: Any, at: datetime) -> QuerySet[Answer]:
    """The answers that a person may know of: those she takes part in, and by her role at the agency more.

    Those who hand out forms know of every answer; the rest of the agency's people of what is submitted, save what is
    the organization's own alone; an organization's administrators and chief of its own. A test is for those who take
    part in it.
    """
    found = with_subject(Answer.objects.all())
    hers = Q(pk__in=[])
    if getattr(person, "pk", None):
        hers = Q(Exists(permissions.rows_of(person, at).filter(answer=OuterRef("pk")))) | _at_home(person, at)
    if permissions.TABLE.allows(person, permissions.SEE, at):
        return found.filter(hers | Q(is_test=False))
    if permissions.TABLE.allows(person, permissions.READ_SUBMITTED, at, state=AnswerState.SUBMITTED):
        submitted = Q(state=AnswerState.SUBMITTED, is_test=False) & ~Q(version__body__contains={"is_private": True})
        return found.filter(hers | submitted)
    return found.filter(hers)


def taking_part(person: Any, at: datetime) -> QuerySet[Answer]:
    """The answers that a person takes part in now."""
    rows = permissions.rows_of(person, at).filter(answer=OuterRef("pk"))
    return with_subject(Answer.objects.filter(Exists(rows)))


def _at_home(person: Any, at: datetime) -> Q:
    """The answers of those organizations whose people she answers for."""
    found = Q(pk__in=[])
    for place in places_of(person, at, *permissions.TABLE.deeds[permissions.SEE].at_own_place):
        if place is not AGENCY:
            found |= at_place(place)
    return found & Q(is_test=False)


def at_place(place: Place) -> Q:
    """The answers that belong to an organizer (its units' too) or a university."""
    kind, pk = place or ("", 0)
    here = Q(**{kind: pk})
    return here | Q(school_unit__organizer=pk) if kind == "organizer" else here


def with_subject(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """With what each is about and the version it is pinned to."""
    return answers.select_related(
        "version__definition", "organizer", "school_unit__organizer", "university", "person__merged_into"
    )


def form_name(answer: Answer, language: str = "") -> str:
    """What the form is called, in a language (nothing said: the one being read)."""
    return name_of(answer.version.definition, language)


def name_of(definition: Any, language: str = "") -> str:
    """What a definition is called, in a language (nothing said: the one being read)."""
    language = language or get_language() or "sv"
    return (definition.name_en or definition.name_sv) if language.startswith("en") else definition.name_sv


def about_whom(answer: Answer) -> str:
    """Whom and what an answer is about: the organizer, unit, university or person, and what tells it from others."""
    person = answer.person.shown_name if answer.person else ""
    subject = answer.organizer or answer.school_unit or answer.university
    return ", ".join(part for part in (subject.name if subject else person, answer.about) if part)
