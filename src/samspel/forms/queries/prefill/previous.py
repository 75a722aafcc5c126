"""What the same organization, or person, answered the last time: `previous.<question's key>`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Case, When

from samspel.forms.models import Answer, Submission
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules import paths
from samspel.forms.rules.definitions import Definition, Question, Type
from samspel.forms.rules.fitting import DoesNotFit, fitted

PREFIX: Final = "previous."


def from_previous(definition: Definition, answer: Answer) -> dict[str, Any]:
    """Path to value, of the questions that say so; rows with their cells. Three queries at most."""
    asked = [question for question in definition.questions.values() if question.prefill.startswith(PREFIX)]
    last = _last(answer) if asked else None
    if last is None:
        return {}
    older = body_of(last.answer.version)
    return dict(pair for question in asked for pair in _of(question, older, last.values))


def _last(answer: Answer) -> Submission | None:
    """The last submission to the same form about the same, of the same name (`about`) if there is one.

    What was forgotten, and tests, are not looked at.
    """
    subject = {name: getattr(answer, name) for name in ("organizer_id", "school_unit_id", "university_id", "person_id")}
    if not any(subject.values()):
        return None
    same = Submission.objects.filter(
        answer__version__definition=answer.version.definition_id,
        answer__is_test=False,
        answer__forgotten_at=None,
        **{f"answer__{name}": value for name, value in subject.items()},
    ).exclude(answer=answer.pk)
    if body_of(answer.version).subject == "preschool_unit":
        # Which preschool it is stands in the answer alone: the register has no preschools.
        same = same.filter(answer__about=answer.about)
    is_same = Case(When(answer__about=answer.about, then=1), default=0)
    return same.select_related("answer__version").order_by(is_same, "submitted_at", "pk").last()


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
