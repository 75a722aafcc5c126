"""One value from typed to kept and back, of every type: those of the engine, and those handed down by higher floors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samspel.forms.queries.handed import QuestionType, question_types
from samspel.forms.rules import values
from samspel.forms.rules.definitions import CHOICES, SHIPPED_TYPES, Type
from samspel.forms.rules.values import Asked, ValueRefused


def parse(asked: Asked, typed: str | Sequence[str]) -> Any:
    """What is kept of what was typed; None if nothing was. Raises ValueRefused."""
    handed = _handed(asked)
    if handed is None:
        return values.parse(asked, typed)
    _bound(typed)
    return handed.parse(asked, typed)


def typed(asked: Asked, value: Any) -> str:
    """A kept value as somebody would type it."""
    handed = _handed(asked)
    return handed.typed(asked, value) if handed and value is not None else values.typed(asked, value)


def shown(asked: Asked, value: Any, language: str = "sv") -> str:
    """A kept value in words."""
    handed = _handed(asked)
    return (
        handed.shown(asked, value, language) if handed and value is not None else values.shown(asked, value, language)
    )


def as_written(asked: Asked, value: Any) -> str:
    """A kept value as somebody wrote it, for when its question is gone: what was chosen by name, the rest as typed."""
    in_words = asked.type in CHOICES or asked.type == Type.INDICATOR_SERIES
    return shown(asked, value) if in_words else typed(asked, value)


def _handed(asked: Asked) -> QuestionType | None:
    return None if asked.type in SHIPPED_TYPES else question_types.get(asked.type)


def _bound(typed: str | Sequence[str]) -> None:
    for text in [typed] if isinstance(typed, str) else typed:
        if len(text) > values.MOST_CHARACTERS:
            raise ValueRefused("too_long", values.MOST_CHARACTERS)
