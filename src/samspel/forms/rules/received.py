"""What came from a page, read by the definition: path to what is to be kept, and what is wrong with the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samspel.forms.rules import paths
from samspel.forms.rules.definitions import Definition, Type
from samspel.forms.rules.values import Asked, ValueRefused

Parse = Callable[[Asked, str | Sequence[str]], Any]


@dataclass(frozen=True)
class Received:
    """values: path to kept value (None: emptied; of a row: taken away); faults: path to why it is not kept."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, ValueRefused] = field(default_factory=dict)


def received(definition: Definition, typed: Mapping[str, str | Sequence[str]], parse: Parse) -> Received:
    """Each typed value as kept. codes beside those of `values.parse`: "unknown_field", "fixed", "place"."""
    found = Received()
    for text, value in typed.items():
        try:
            found.values[text] = _value(definition, text, value, parse)
        except ValueRefused as refusal:
            found.faults[text] = refusal
    return found


def asked_at(definition: Definition, text: str) -> Asked | None:
    """The question or column whose value stands at a path; None for a row, and for a path that leads nowhere."""
    try:
        path = paths.parse(text)
    except ValueError:
        return None
    question = definition.questions.get(path.question)
    if question is None or (question.type == Type.ROWS) != bool(path.row):
        return None
    return question.column(path.column) if path.row else question


def is_row(definition: Definition, text: str) -> bool:
    """Whether a path is that of a row of the definition."""
    try:
        path = paths.parse(text)
    except ValueError:
        return False
    question = definition.questions.get(path.question)
    return bool(path.row and not path.column and question and question.type == Type.ROWS)


def label_at(definition: Definition, text: str, language: str = "sv") -> str:
    """What a path is called: its question, and its column if it is a cell; empty for a path that leads nowhere."""
    asked = asked_at(definition, text)
    if asked is None:
        return ""
    question = definition.questions[text.partition("/")[0]]
    chain = (asked,) if asked is question else (question, asked)
    return ": ".join(part.label.in_language(language) for part in chain)


def section_at(definition: Definition, text: str) -> str:
    """The key of the section that a path belongs to; empty for none."""
    section = definition.section_of.get(text.partition("/")[0])
    return section.key if section else ""


def _value(definition: Definition, text: str, value: str | Sequence[str], parse: Parse) -> Any:
    question = definition.questions.get(text.partition("/")[0])
    if question is not None and (question.is_fixed or question.type == Type.INDICATOR_SERIES):
        raise ValueRefused("fixed")
    if is_row(definition, text):
        return _place(value)
    asked = asked_at(definition, text)
    if asked is None:
        raise ValueRefused("unknown_field")
    return parse(asked, value)


def _place(value: str | Sequence[str]) -> int | None:
    text = (value if isinstance(value, str) else value[-1] if value else "").strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise ValueRefused("place")
    return int(text)
