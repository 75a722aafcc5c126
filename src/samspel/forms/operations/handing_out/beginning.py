"""The answers of a lot, begun together: the same statements for one receiver as for twenty-five."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from samspel.forms import models
from samspel.forms.models import (
    Answer,
    AnswerState,
    Field,
    FieldChange,
    HandOut,
    HandOutReceiver,
    Participant,
    ParticipantDeed,
)
from samspel.forms.operations import telling
from samspel.forms.operations.handing_out.words import NOBODY_THERE, OPEN_ALREADY, WITHOUT_SUBMITTER
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.people import Candidate
from samspel.forms.queries.prefill import prefilled_each
from samspel.forms.queries.receiving import Home, homes, units_of
from samspel.kernel.audit import SYSTEM, record_each
from samspel.registry.models import Organizer, SchoolUnit, University

Subject = Organizer | SchoolUnit | University
_NAMES: dict[type, str] = {Organizer: "organizer", SchoolUnit: "school_unit", University: "university"}


@dataclass
class Lot:
    """What became of a lot: the answers begun, those that nobody can submit, and who was left out, and why."""

    answers: list[Answer] = field(default_factory=list)
    left: list[tuple[Any, str]] = field(default_factory=list)
    without_submitter: list[Any] = field(default_factory=list)


def begin(decided: HandOut, rows: Sequence[HandOutReceiver], *, by: Any, at: datetime) -> Lot:
    """Begin an answer for each subject of these receivers, and tell those who take part. Marks the rows; saves none."""
    # Whoever begins one by herself meanwhile waits, and is told that it is there.
    definition = models.Definition.objects.select_for_update(no_key=True).get(pk=decided.version.definition_id)
    lot, people = Lot(), {}
    taken = _open_already(decided, definition)
    for row, subject, candidates in _asked(decided, rows, at):
        why = NOBODY_THERE if not candidates else OPEN_ALREADY if _mark(subject) in taken else ""
        if why:
            _leave(row, subject, why)
            lot.left.append((subject, why))
            continue
        taken.add(_mark(subject))
        answer = _answer(decided, subject, by, at)
        lot.answers.append(answer)
        people[id(answer)] = candidates
        if not any(one.deed == ParticipantDeed.SUBMIT for one in candidates):
            _leave(row, subject, WITHOUT_SUBMITTER)
            lot.without_submitter.append(subject)
    for row in rows:
        row.done_at = at
    _save(lot.answers, [people[id(answer)] for answer in lot.answers], by, at)
    return lot


def _asked(
    decided: HandOut, rows: Sequence[HandOutReceiver], at: datetime
) -> Iterator[tuple[HandOutReceiver, Subject, list[Candidate]]]:
    """Each receiver's subjects, with those there who are asked."""
    body = body_of(decided.version)
    found = homes(body, [row.university or row.organizer for row in rows], at)
    units = units_of(found) if body.subject == "school_unit" else {}
    for row in rows:
        receiver = row.university or row.organizer
        home = found.get(receiver, Home(body, []))
        if body.subject != "school_unit":
            yield row, receiver, home.candidates()
            continue
        here = units.get(receiver.pk, [])
        for unit in here:
            yield row, unit, home.candidates(unit)
        if not here:
            yield row, receiver, []


def _open_already(decided: HandOut, definition: models.Definition) -> set[tuple[str, int]]:
    """What is being written already, of the same name."""
    same = Answer.objects.filter(version__definition=definition, owner="", about=decided.about, is_test=False)
    rows = same.filter(state=AnswerState.WRITING).values_list("organizer_id", "school_unit_id", "university_id")
    kinds = ("organizer", "school_unit", "university")
    return {(kind, pk) for row in rows for kind, pk in zip(kinds, row, strict=True) if pk}


def _mark(subject: Subject) -> tuple[str, int]:
    return _NAMES[type(subject)], subject.pk


def _leave(row: HandOutReceiver, subject: Subject, why: str) -> None:
    row.left = [*row.left, {"unit": subject.pk if isinstance(subject, SchoolUnit) else None, "why": why}]


def _answer(decided: HandOut, subject: Subject, by: Any, at: datetime) -> Answer:
    return Answer(
        version=decided.version,
        hand_out=decided,
        due_on=decided.due_on,
        about=decided.about,
        begun_at=at,
        begun_by=by.key,
        **{_NAMES[type(subject)]: subject},
    )


def _save(answers: list[Answer], people: list[list[Candidate]], by: Any, at: datetime) -> None:
    values = prefilled_each(answers, at)
    for answer, known in zip(answers, values, strict=True):
        answer.revision, answer.saved_at = (1, at) if known else (0, None)
    Answer.objects.bulk_create(answers)
    record_each(action="forms.answer.begun", on=[(one, _facts(one)) for one in answers], by=by, at=at)
    rows = _take_part(answers, people, by, at)
    _fill(answers, values, at)
    telling.handed_out(zip(answers, rows, strict=True), at=at)


def _facts(answer: Answer) -> dict[str, Any]:
    version = answer.version
    told = {"definition": version.definition.slug, "version": version.number, "due_on": answer.due_on}
    return {**told, "is_test": False}


def _take_part(answers: list[Answer], people: list[list[Candidate]], by: Any, at: datetime) -> list[list[Participant]]:
    day = timezone.localdate(at)
    told = {"from_on": day, "added_at": at, "added_by": by.key}
    rows = [
        [Participant(answer=answer, person=one.person, deed=one.deed, role=one.role, **told) for one in candidates]
        for answer, candidates in zip(answers, people, strict=True)
    ]
    Participant.objects.bulk_create(each for row in rows for each in row)
    facts = [
        (each.answer, {"person": each.person.key, "deed": each.deed, "from_on": day, "to_on": None})
        for row in rows
        for each in row
    ]
    record_each(action="forms.participant.added", on=facts, by=by, at=at)
    return rows


def _fill(answers: list[Answer], values: list[dict[str, Any]], at: datetime) -> None:
    """What is known already, as `saving.write` puts it there."""
    told = {"revision": 1, "changed_at": at, "changed_by": None}
    pairs = [
        (answer, path, value) for answer, known in zip(answers, values, strict=True) for path, value in known.items()
    ]
    Field.objects.bulk_create([Field(answer=answer, path=path, value=value, **told) for answer, path, value in pairs])
    FieldChange.objects.bulk_create(
        [FieldChange(answer=answer, path=path, value=value, way="prefill", **told) for answer, path, value in pairs]
    )
    facts = [
        (answer, {"revision": 1, "fields": len(known), "way": "prefill"})
        for answer, known in zip(answers, values, strict=True)
        if known
    ]
    record_each(action="forms.answer.saved", on=facts, by=SYSTEM, at=at)
