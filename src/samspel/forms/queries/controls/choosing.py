"""What can be chosen in one control, and how what is chosen is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from samspel.forms.queries.controls.choices import MOST_IN_A_LIST, held_in, terms_around
from samspel.forms.rules import values
from samspel.forms.rules.definitions import Column, Question, Section, Type


def choices_of(asked: Question | Column, given: Any) -> Sequence[tuple[str, str]]:
    """(key, words) of what can be chosen; empty for what is typed."""
    if asked.type in (Type.ONE_OF, Type.SEVERAL_OF):
        return [(option.key, option.label.in_language(given.language)) for option in asked.options]
    if asked.type == Type.SCALE:
        least, most = int(asked.limits.least or 1), int(asked.limits.most or 5)
        return [(str(step), str(step)) for step in range(least, most + 1)]
    if asked.type == Type.TERM:
        chosen = given.fields.get(asked.key) if isinstance(asked, Question) else ""
        return terms_around(given.today, chosen or "")
    if asked.type in (Type.REGISTRY_VALUE, Type.SCHOOL_UNIT):
        return given.around.choices(asked)
    return ()


def with_chosen(pairs: Sequence[tuple[str, str]], code: str) -> Sequence[tuple[str, str]]:
    """The pairs, with what is chosen already even if it can be chosen no more: saving must not lose it."""
    if not code or any(key == code for key, _name in pairs):
        return pairs
    return [*pairs, (code, held_in(pairs).get(code, code))]


def lists_of(
    section: Section, choices: Callable[[Question | Column], Sequence[tuple[str, str]]]
) -> dict[str, list[str]]:
    """Id of a list of proposals to what it proposes, for the long registers that a section asks for."""
    found: dict[str, list[str]] = {}
    for asked in [each for question in section.questions for each in (question, *question.columns)]:
        if asked.type in (Type.REGISTRY_VALUE, Type.SCHOOL_UNIT) and list_id_of(asked) not in found:
            pairs = choices(asked)
            if len(pairs) > MOST_IN_A_LIST:
                found[list_id_of(asked)] = [f"{name} ({code})" for code, name in pairs]
    return found


def list_id_of(asked: Question | Column) -> str:
    """The id of the list of proposals for a kind of registry value; one on a page for all that ask for it."""
    return f"list-{asked.of or 'school_unit'}"


def named(code: str, pairs: Sequence[tuple[str, str]]) -> str:
    """A code as the proposals write it, so that it can be read and typed back."""
    name = next((name for key, name in pairs if key == code), held_in(pairs).get(code, ""))
    return f"{name} ({code})" if name else code


def shown_of(asked: Question | Column, value: Any, pairs: Sequence[tuple[str, str]], language: str) -> str:
    """A kept value in words, codes of registers and terms by name."""
    if value is None:
        return ""
    if asked.type in (Type.REGISTRY_VALUE, Type.SCHOOL_UNIT, Type.TERM):
        return next((name for key, name in pairs if key == value), held_in(pairs).get(value, str(value)))
    return values.shown(asked, value, language)
