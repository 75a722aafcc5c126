"""Conditions of a definition: read, and looked at once the whole is read, for where they lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from samspel.forms.rules.definitions.faults import place
from samspel.forms.rules.definitions.limits import is_number, is_whole
from samspel.forms.rules.definitions.notes import Notes
from samspel.forms.rules.definitions.parts import Condition, Definition, Question
from samspel.forms.rules.definitions.types import Type
from samspel.kernel.values.terms import Term

TESTS: Final = frozenset({"is", "is_not", "has", "at_least", "at_most", "is_answered"})
DEEPEST: Final = 5
MOST_PARTS: Final = 50
_CODE = re.compile(r"[0-9A-Za-z-]{1,80}\Z")
_IS: Final = frozenset({"is", "is_not", "is_answered"})
_MEASURED: Final = frozenset({"at_least", "at_most", "is_answered"})
_TESTS_OF: Final[Mapping[str, frozenset[str]]] = {
    Type.ONE_OF: _IS,
    Type.SEVERAL_OF: frozenset({"has", "is_answered"}),
    Type.NUMBER: _MEASURED,
    Type.MONEY: _MEASURED,
    Type.SCALE: _IS | _MEASURED,
    Type.TERM: _IS,
    Type.REGISTRY_VALUE: _IS,
    Type.SCHOOL_UNIT: _IS,
}


def tests_of(type_: str) -> frozenset[str]:
    """What a condition may ask of a question of a type."""
    return _TESTS_OF.get(type_, frozenset({"is_answered"}))


def condition(notes: Notes, data: Any, where: str) -> Condition | None:
    """A table `{question, is…}`, `{all = […]}`, `{any = […]}`, or a list, of which all must hold. None: always."""
    return None if data in (None, "", [], {}) else _condition(notes, data, where, 0)


def _condition(notes: Notes, data: Any, where: str, depth: int) -> Condition:
    if depth > DEEPEST:
        notes.fault(where, "condition_too_deep", DEEPEST)
        return Condition()
    if isinstance(data, list):
        data = {"all": data}
    if isinstance(data, Mapping) and len(data) == 1:
        word, parts = next(iter(data.items()))
        if word in ("all", "any") and isinstance(parts, list) and parts:
            if len(parts) > MOST_PARTS:
                notes.fault(where, "too_many", MOST_PARTS)
            found = tuple(_condition(notes, each, where, depth + 1) for each in parts[:MOST_PARTS])
            return Condition(all_of=found) if word == "all" else Condition(any_of=found)
    return _leaf(data) or _none(notes, where)


def _none(notes: Notes, where: str) -> Condition:
    notes.fault(where, "not_a_condition")
    return Condition()


def _leaf(data: Any) -> Condition | None:
    """`{question, test: value}`; None for what is none."""
    if not isinstance(data, Mapping) or len(data) != 2 or not isinstance(question := data.get("question"), str):
        return None
    test = next((name for name in data if name != "question"), "")
    value = data.get(test)
    if test == "is_answered":
        return Condition(question, test) if value is True else None
    if test not in TESTS or isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return Condition(question, test, str(value)) if isinstance(value, str) or is_number(value) else None


def look_where_they_lead(notes: Notes, found: Definition, places: Mapping[str, str]) -> None:
    """Note conditions that ask of a question, option or value that is not there. places: key to where it stands."""
    for key, name, each in found.conditions():
        _look(notes, found, place(places.get(key, key), name), each)


def _look(notes: Notes, found: Definition, where: str, each: Condition) -> None:
    for part in (*each.all_of, *each.any_of):
        _look(notes, found, where, part)
    if not each.test:
        return
    asked = found.questions.get(each.question)
    if asked is None:
        notes.fault(where, "no_such_question", each.question)
    elif each.test not in tests_of(asked.type):
        notes.fault(where, "test_does_not_fit", f"{each.question}: {each.test}")
    elif each.test != "is_answered" and not _can_be(asked, each):
        code = "no_such_option" if asked.options else "value_does_not_fit"
        notes.fault(where, code, f"{each.question}: {each.value}")


def _can_be(asked: Question, each: Condition) -> bool:
    """Whether the question may ever have the value."""
    if asked.options:
        return asked.option(each.value) is not None
    if asked.type == Type.TERM:
        return _is_term(each.value)
    if asked.type in (Type.SCALE, Type.MONEY):
        return is_whole(each.value) and str(int(each.value)) == each.value
    return is_number(each.value) if asked.type == Type.NUMBER else bool(_CODE.match(each.value))


def _is_term(text: str) -> bool:
    try:
        return Term.parse(text).label == text
    except ValueError:
        return False
