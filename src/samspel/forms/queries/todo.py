"""What forms put into Att göra: to write, to submit, sections given to one, comments, PDFs to go through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo
from samspel.forms import permissions
from samspel.forms.models import (
    Answer,
    AnswerState,
    Comment,
    HandedIn,
    HandedInState,
    ParticipantDeed,
    SectionMark,
    SectionStatus,
)
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.seeing import about_whom, form_name, with_subject


@dataclass
class _Hers:
    """What a person does in an answer that is being written, and what waits there."""

    answer: Answer
    deeds: set[str]
    marks: list[SectionMark]
    comments: int = 0
    pdfs: int = 0

    @property
    def writes(self) -> bool:
        return bool(self.deeds & {ParticipantDeed.WRITE, ParticipantDeed.SUBMIT})

    @property
    def name(self) -> str:
        whom = about_whom(self.answer)
        return f"{form_name(self.answer)}, {whom}" if whom else form_name(self.answer)


def to_do(person: Person, at: datetime) -> Iterable[ToDo]:
    """Everything that waits for a person in forms that are being written. Five queries however many."""
    for hers in _open_ones(person, at):
        yield from _rows(hers, person)


def _rows(hers: _Hers, person: Person) -> Iterator[ToDo]:
    answer = hers.answer
    given = [mark for mark in hers.marks if mark.given_to_id == person.pk and mark.status != SectionStatus.READY]
    for mark in given:
        yield _section(hers, mark)
    if ParticipantDeed.SUBMIT in hers.deeds:
        yield _submit(hers)
    elif ParticipantDeed.WRITE in hers.deeds and not given and not _is_ready(hers):
        address = reverse("forms:answer", args=[answer.key])
        yield ToDo(_("Write: %(form)s") % {"form": hers.name}, address, _("You take part and write."), answer.due_on)
    if hers.comments and hers.writes:
        yield _comments(hers)
    if hers.pdfs and hers.writes:
        address = reverse("forms:hand_in", args=[answer.key])
        title = _("Go through a filled PDF: %(form)s") % {"form": hers.name}
        yield ToDo(title, address, _("It has been handed in and read."), answer.due_on)


def _submit(hers: _Hers) -> ToDo:
    if _is_ready(hers):
        address = reverse("forms:review", args=[hers.answer.key])
        title = _("Go through and submit: %(form)s") % {"form": hers.name}
        return ToDo(title, address, _("Every section is ready."), hers.answer.due_on)
    address = reverse("forms:answer", args=[hers.answer.key])
    title = _("Write and submit: %(form)s") % {"form": hers.name}
    return ToDo(title, address, _("You are the one who submits it."), hers.answer.due_on)


def _section(hers: _Hers, mark: SectionMark) -> ToDo:
    section = body_of(hers.answer.version).section(mark.section)
    title = section.title.in_language(get_language() or "sv") if section else mark.section
    words = {"section": title, "form": hers.name}
    address = reverse("forms:section", args=[hers.answer.key, mark.section])
    return ToDo(
        _("Write “%(section)s”: %(form)s") % words, address, _("The section is given to you."), hers.answer.due_on
    )


def _comments(hers: _Hers) -> ToDo:
    title = ngettext("%(number)s comment: %(form)s", "%(number)s comments: %(form)s", hers.comments)
    words = {"number": hers.comments, "form": hers.name}
    address = reverse("forms:answer", args=[hers.answer.key])
    return ToDo(
        title % words, address, _("Somebody has commented, and nobody has taken care of it."), hers.answer.due_on
    )


def _is_ready(hers: _Hers) -> bool:
    ready = {mark.section for mark in hers.marks if mark.status == SectionStatus.READY}
    return ready >= {section.key for section in body_of(hers.answer.version).sections}


def _open_ones(person: Person, at: datetime) -> list[_Hers]:
    deeds: dict[int, set[str]] = {}
    for row in permissions.rows_of(person, at).filter(answer__state=AnswerState.WRITING):
        deeds.setdefault(row.answer_id, set()).add(row.deed)
    if not deeds:
        return []
    answers = with_subject(Answer.objects.filter(pk__in=deeds)).order_by("due_on", "pk")
    found = {one.pk: _Hers(one, deeds[one.pk], []) for one in answers}
    for mark in SectionMark.objects.filter(answer__in=deeds):
        found[mark.answer_id].marks.append(mark)
    _count(found, person)
    return list(found.values())


def _count(found: dict[int, _Hers], person: Person) -> None:
    """Comments of others that nobody has settled: in the sections given to her, or in those given to nobody."""
    hers = Q(given_to=person) | Q(given_to=None)
    elsewhere = SectionMark.objects.filter(answer=OuterRef("answer"), section=OuterRef("section")).exclude(hers)
    said = Comment.objects.filter(answer__in=found, settled_at=None).exclude(said_by=person)
    for answer, number in _counted(said.exclude(Exists(elsewhere))):
        found[answer].comments = number
    for answer, number in _counted(HandedIn.objects.filter(answer__in=found, state=HandedInState.WAITING)):
        found[answer].pdfs = number


def _counted(rows: Any) -> Any:
    return rows.order_by().values_list("answer").annotate(number=Count("pk"))
