"""What the same organization, or person, answered the last time: `previous.<question's key>`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from django.db.models import Q

from samspel.forms.models import Answer, Submission, Version
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules import paths
from samspel.forms.rules.definitions import Definition, Question, Type
from samspel.forms.rules.fitting import DoesNotFit, fitted

PREFIX: Final = "previous."


_SUBJECT: Final = ("organizer_id", "school_unit_id", "university_id", "person_id")


def from_previous(definition: Definition, answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Path to value, of the questions that say so; rows with their cells; for each of many answers to one version.
    Two queries at most."""
    asked = [question for question in definition.questions.values() if question.prefill.startswith(PREFIX)]
    last = _last(answers) if asked else {}
    found = []
    for answer in answers:
        submission = last.get(id(answer))
        older = body_of(submission.answer.version) if submission else None
        pairs = (pair for question in asked for pair in _of(question, older, submission.values)) if older else ()
        found.append(dict(pairs))
    return found


def _last(answers: Sequence[Answer]) -> dict[int, Submission]:
    """Identity of each answer to the last submission to the same form about the same, of the same name (`about`) if
    there is one. What was forgotten, and tests, are not looked at."""
    known = [(answer, subject) for answer in answers if (subject := _subject(answer)) is not None]
    if not known:
        return {}
    about = Q()
    for name in _SUBJECT:
        about |= Q(**{f"answer__{name}__in": [pk for _answer, (kind, pk) in known if kind == name]})
    rows = Submission.objects.filter(
        about,
        answer__version__definition=answers[0].version.definition_id,
        answer__is_test=False,
        answer__forgotten_at=None,
    ).exclude(answer__in=[answer.pk for answer, _subject in known if answer.pk])
    by_subject: dict[tuple[str, int], list[Submission]] = {}
    for one in rows.select_related("answer").order_by("submitted_at", "pk"):
        by_subject.setdefault(_subject(one.answer) or ("", 0), []).append(one)
    found = {id(answer): one for answer, subject in known if (one := _nearest(answer, by_subject.get(subject, [])))}
    _with_versions(found.values())
    return found


def _subject(answer: Answer) -> tuple[str, int] | None:
    return next(((name, pk) for name in _SUBJECT if (pk := getattr(answer, name))), None)


def _nearest(answer: Answer, earlier: Sequence[Submission]) -> Submission | None:
    """The newest of the same name, else the newest; which preschool it is stands in the answer alone, since the
    register has no preschools."""
    same = [one for one in earlier if one.answer.about == answer.about]
    if same or body_of(answer.version).subject == "preschool_unit":
        return same[-1] if same else None
    return earlier[-1] if earlier else None


def _with_versions(found: Collection[Submission]) -> None:
    """Their versions, each read once: a form's body is long."""
    versions = Version.objects.in_bulk({one.answer.version_id for one in found}) if found else {}
    for one in found:
        one.answer.version = versions[one.answer.version_id]


def _of(question: Question, older: Definition, values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    was = older.questions.get(question.prefill.removeprefix(PREFIX))
    if was is None or (was.type == Type.ROWS) != (question.type == Type.ROWS):
        return
    for text, value in values.items():
        path = paths.parse(text)
        if path.question != was.key or value is None:
            continue
        try:
            kept = _kept(was, question, path, value)
        except DoesNotFit:
            continue
        if kept is not None:
            yield str(paths.Path(question.key, path.row, path.column)), kept


def _kept(was: Question, question: Question, path: paths.Path, value: Any) -> Any:
    if question.type != Type.ROWS:
        return None if path.row else fitted(was, question, value)
    if not path.column:
        return value
    old, new = was.column(path.column), question.column(path.column)
    return fitted(old, new, value) if old and new else None
