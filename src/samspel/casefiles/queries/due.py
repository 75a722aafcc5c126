"""Dates of the shared mailbox: questions to answer, and those that nobody has."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspel.accounts.queries import Due, DueSource, deed_in_words
from samspel.casefiles import permissions
from samspel.casefiles.models import Question
from samspel.casefiles.queries.questions import OPEN, UNOWNED, done_for
from samspel.registry.queries.doing import at_agency

QUESTION: Final = "casefiles.question"
UNSHARED: Final = "casefiles.questions_unshared"
_ALL: Final = f"{UNSHARED}:all"


def _questions(found: Any, at: datetime) -> list[Due]:
    questions = list(found.filter(state__in=OPEN).exclude(owner=None).select_related("organizer"))
    if not questions:
        return []
    whose: dict[Any, set[int]] = {}
    for person in _handlers(at):
        for key in done_for(person, at):
            whose.setdefault(key, set()).add(person.pk)
    return [_due(one, frozenset(whose.get(one.owner, ()))) for one in questions]


def _handlers(at: datetime) -> list[Any]:
    return [person for person in at_agency(at) if permissions.may_handle_questions(person, at)]


def _due(one: Question, people: frozenset[int]) -> Due:
    return Due(
        kind=QUESTION,
        key=f"{QUESTION}:{one.key}",
        deed=deed_in_words(_("Answer “%(subject)s”"), subject=one.subject),
        due_on=one.due_on,
        address=reverse("casefiles:question", args=[one.key]),
        people=people,
        where=one.organizer.name if one.organizer else "",
    )


def _questions_between(first: date, last: date, at: datetime) -> Iterable[Due]:
    return _questions(Question.objects.filter(due_on__range=(first, last)), at)


def _questions_now(keys: Collection[str], at: datetime, *, lock: bool = False) -> Iterable[Due]:
    rows = Question.objects.filter(key__in=[key.partition(":")[2] for key in keys]).order_by("pk")
    return _questions(rows.select_for_update(of=("self",)) if lock else rows, at)


def _unshared(at: datetime, *, lock: bool = False) -> list[Due]:
    """One date for all that nobody has: that of the first."""
    rows = Question.objects.filter(state__in=OPEN, owner=None).order_by("pk").only("due_on")
    days = [one.due_on for one in (rows.select_for_update() if lock else rows)]
    if not days:
        return []
    return [
        Due(
            kind=UNSHARED,
            key=_ALL,
            deed=_("Share out the questions that nobody has"),
            due_on=min(days),
            address=f"{reverse('casefiles:questions')}?visa={UNOWNED}",
            people=frozenset(person.pk for person in _handlers(at)),
        )
    ]


def _unshared_between(first: date, last: date, at: datetime) -> Iterable[Due]:
    return [due for due in _unshared(at) if first <= due.due_on <= last]


def _unshared_now(keys: Collection[str], at: datetime, *, lock: bool = False) -> Iterable[Due]:
    return _unshared(at, lock=lock) if _ALL in keys else []


SOURCES: Final = (
    DueSource(QUESTION, _("Questions to answer"), _questions_between, _questions_now),
    DueSource(UNSHARED, _("Questions that nobody has"), _unshared_between, _unshared_now),
)
