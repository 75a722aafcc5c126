"""Which questions are asked, given what is answered. Values: question key to what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from decimal import Decimal, InvalidOperation
from typing import Any

from samspel.forms.rules.definitions import Condition, Definition, Question


def asked(definition: Definition, values: Mapping[str, Any]) -> frozenset[str]:
    """Keys of the questions that are asked. What depends on a question that is not asked itself is not asked.

    The order of the form does not matter: a question may wait for one that stands later.
    """
    found = {key for key, needed in definition.waits.items() if not needed}
    for key in definition.in_turn:
        conditions = (definition.section_of[key].asked_when, definition.questions[key].asked_when)
        if all(holds(condition, values, found) for condition in conditions if condition):
            found.add(key)
    return frozenset(found)


def is_required(question: Question, values: Mapping[str, Any], asked_keys: Set[str]) -> bool:
    """Whether an asked question must be answered."""
    if question.is_required:
        return True
    return question.required_when is not None and holds(question.required_when, values, asked_keys)


def holds(condition: Condition, values: Mapping[str, Any], asked_keys: Set[str]) -> bool:
    """Whether a condition holds. A question that is not asked counts as unanswered, and of one that is unanswered
    nothing holds, not even that it is not something."""
    if condition.all_of:
        return all(holds(part, values, asked_keys) for part in condition.all_of)
    if condition.any_of:
        return any(holds(part, values, asked_keys) for part in condition.any_of)
    value = values.get(condition.question) if condition.question in asked_keys else None
    return _test(condition, value)


def _test(condition: Condition, value: Any) -> bool:
    if condition.test == "is_answered":
        return value not in (None, "", [])
    if value is None:
        return False
    if condition.test == "is":
        return str(value) == condition.value
    if condition.test == "is_not":
        return str(value) != condition.value
    if condition.test == "has":
        return isinstance(value, list) and condition.value in value
    return _measured(condition, value)


def _measured(condition: Condition, value: Any) -> bool:
    try:
        number, limit = Decimal(str(value)), Decimal(condition.value)
    except InvalidOperation:
        return False
    return number >= limit if condition.test == "at_least" else number <= limit
