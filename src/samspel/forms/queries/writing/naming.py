"""What stands at a path of an answer, in words: what it is called, what its value says, how it is typed."""

from __future__ import annotations

from typing import Any

from samspel.forms.queries import values
from samspel.forms.queries.controls.choices import MOST_IN_A_LIST
from samspel.forms.queries.controls.choosing import named, shown_of
from samspel.forms.rules import paths
from samspel.forms.rules.definitions import Definition, Type
from samspel.forms.rules.received import asked_at


def words_of(definition: Definition, path: str, value: Any, language: str = "sv", choices: Any = None) -> str:
    """What stands at a path, in words; of a row, its place."""
    asked = asked_at(definition, path)
    if value is None:
        return ""
    if asked is None:
        return str(value)
    if choices is not None and asked.type in (Type.REGISTRY_VALUE, Type.SCHOOL_UNIT):
        return shown_of(asked, value, choices(asked), language)
    try:
        return values.shown(asked, value, language)
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        return str(value)  # kept as typed, where it was no value of the field


def label_at(definition: Definition, path: str, language: str) -> str:
    """What a path is called: the question, and the column of a cell."""
    try:
        parts = paths.parse(path)
    except ValueError:
        return ""
    question = definition.questions.get(parts.question)
    if question is None:
        return ""
    column = question.column(parts.column) if parts.column else None
    label = question.label.in_language(language)
    return f"{label}: {column.label.in_language(language)}" if column else label


def typed_of(definition: Definition, path: str, value: Any, choices: Any) -> str | list[str] | None:
    """A kept value as its input on the page holds it; of a row its place, None where it was taken away."""
    asked = asked_at(definition, path)
    if asked is None:
        return None if value is None else str(value)  # a row's place
    if asked.type == Type.SEVERAL_OF:
        return list(value or [])
    if value is not None and asked.type in (Type.REGISTRY_VALUE, Type.SCHOOL_UNIT):
        pairs = choices(asked)
        return named(str(value), pairs) if len(pairs) > MOST_IN_A_LIST else str(value)
    return values.typed(asked, value)
