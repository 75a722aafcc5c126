"""Dates of forms that are being written: whoever submits, whoever writes, and whoever has a section of her own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspel.accounts.queries import Due, DueSource, deed_in_words
from samspel.forms import permissions
from samspel.forms.models import (
    Answer,
    AnswerState,
    Participant,
    ParticipantDeed,
    SectionMark,
    SectionStatus,
    Version,
)
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.people import on_day
from samspel.forms.queries.seeing import about_whom, form_name, with_subject
from samspel.forms.rules.definitions import Definition
from samspel.kernel.permissions import AGENCY, Place
from samspel.registry.queries.doing import Task, tasks_of
from samspel.registry.queries.holdings import ORGANIZER

KIND: Final = "forms.answer"


@dataclass(frozen=True)
class _Written:
    """An answer that is being written: its sections, what is said of them, and deed to those who do it now."""

    answer: Answer
    definition: Definition
    marks: list[SectionMark]
    people: dict[str, frozenset[int]]

    @property
    def everybody(self) -> frozenset[int]:
        return frozenset().union(*self.people.values())

    @property
    def is_ready(self) -> bool:
        ready = {mark.section for mark in self.marks if mark.status == SectionStatus.READY}
        return ready >= {section.key for section in self.definition.sections}


def between(first: date, last: date, at: datetime) -> Iterable[Due]:
    """Dates of open answers; tests are for nobody to be reminded of. Six queries, however many."""
    return _dues(Answer.objects.filter(due_on__range=(first, last)), at)


def now(keys: Collection[str], at: datetime, *, lock: bool = False) -> Iterable[Due]:
    """Those of these keys that are still open."""
    wanted = set(keys)
    answers = Answer.objects.filter(key__in={key.split(":")[1] for key in wanted}).exclude(due_on=None)
    rows = answers.select_for_update(of=("self",)) if lock else answers
    return [due for due in _dues(rows, at) if due.key in wanted]


def _dues(answers: QuerySet[Answer], at: datetime) -> list[Due]:
    found = answers.filter(state=AnswerState.WRITING, is_test=False).defer("version__body").order_by("pk")
    by_pk = {one.pk: one for one in with_subject(found)}
    people, marks, bodies = _people(by_pk, at), _marks(by_pk), _bodies(by_pk.values())
    written = (
        _Written(one, bodies[one.version_id], marks.get(pk, []), people.get(pk, {})) for pk, one in by_pk.items()
    )
    return [due for one in written for due in _of(one)]


def _of(one: _Written) -> Iterator[Due]:
    """As forms put it into Att göra (queries.todo)."""
    given = [mark for mark in one.marks if mark.given_to_id and mark.status != SectionStatus.READY]
    for mark in given:
        if mark.given_to_id in one.everybody:
            yield _section(one, mark)
    submit = one.people.get(ParticipantDeed.SUBMIT, frozenset())
    if submit:
        yield _due(one, "submit", _("Submit %(form)s"), "forms:review" if one.is_ready else "forms:answer", submit)
    write = one.people.get(ParticipantDeed.WRITE, frozenset()) - submit - {mark.given_to_id for mark in given}
    if write and not one.is_ready:
        yield _due(one, "write", _("Write %(form)s"), "forms:answer", write)


def _due(one: _Written, part: str, words: Any, page: str, people: frozenset[int]) -> Due:
    answer = one.answer
    assert answer.due_on is not None
    return Due(
        kind=KIND,
        key=f"{KIND}:{answer.key}:{part}",
        deed=deed_in_words(words, form=lambda: form_name(answer)),
        due_on=answer.due_on,
        address=reverse(page, args=[answer.key]),
        people=people,
        where=about_whom(answer),
    )


def _section(one: _Written, mark: SectionMark) -> Due:
    answer, section = one.answer, one.definition.section(mark.section)
    assert answer.due_on is not None and mark.given_to_id is not None

    def title() -> str:
        return section.title.in_language(get_language() or "sv") if section else mark.section

    return Due(
        kind=KIND,
        key=f"{KIND}:{answer.key}:section:{mark.section}",
        deed=deed_in_words(_("Write “%(section)s” in %(form)s"), section=title, form=lambda: form_name(answer)),
        due_on=answer.due_on,
        address=reverse("forms:section", args=[answer.key, mark.section]),
        people=frozenset({mark.given_to_id}),
        where=about_whom(answer),
    )


def _people(answers: dict[int, Answer], at: datetime) -> dict[int, dict[str, frozenset[int]]]:
    """Answer to deed to those who do it that day, as `permissions.rows_of` judges for one person."""
    rows = list(Participant.objects.filter(on_day(timezone.localdate(at)), answer__in=answers).order_by("pk"))
    held = tasks_of({row.person_id for row in rows if row.role}, at)
    found: dict[int, dict[str, frozenset[int]]] = {}
    for row in rows:
        doing = _doing(row, permissions.place_of(answers[row.answer_id]), held)
        deeds = found.setdefault(row.answer_id, {})
        deeds[row.deed] = deeds.get(row.deed, frozenset()) | doing
    return found


def _doing(row: Participant, place: Place, held: dict[tuple[int, str], list[Task]]) -> frozenset[int]:
    """Who does what a row says: she whose it is while she has the role that it names, and a deputy where she is away
    and the answer is of that place."""
    if not row.role:
        return frozenset({row.person_id})
    done: frozenset[int] = frozenset()
    for task in held.get((row.person_id, row.role), ()):
        is_there = task.place in (AGENCY, place)
        if is_there:
            done |= task.done_by
        elif task.place and task.place[0] != ORGANIZER:
            # A university's people take part in answers of organizers, where no deputy of theirs comes in.
            done |= {row.person_id}
    return done


def _marks(answers: Collection[int]) -> dict[int, list[SectionMark]]:
    found: dict[int, list[SectionMark]] = {}
    for mark in SectionMark.objects.filter(answer__in=answers).order_by("pk"):
        found.setdefault(mark.answer_id, []).append(mark)
    return found


def _bodies(answers: Iterable[Answer]) -> dict[int, Definition]:
    """Version to its definition: each is read once, however many answers it has."""
    versions = Version.objects.filter(pk__in={one.version_id for one in answers})
    return {version.pk: body_of(version) for version in versions}


SOURCE: Final = DueSource(KIND, _("Forms to write and submit"), between, now)
