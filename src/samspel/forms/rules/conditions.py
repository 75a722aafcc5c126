"""Which questions are asked, given what is answered. Values: question key to what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from samspel.forms.rules.definitions import Condition, Definition, Question, Section


def asked(definition: Definition, values: Mapping[str, Any]) -> frozenset[str]:
    """Keys of the questions that are asked. What depends on a question that is not asked itself is not asked."""
    found: dict[str, bool] = {}
    for question in definition.questions.values():
        _is_asked(definition, question, values, found)
    return frozenset(key for key, yes in found.items() if yes)


def is_required(question: Question, values: Mapping[str, Any], asked_keys: frozenset[str]) -> bool:
    """Whether an asked question must be answered."""
    if question.is_required:
        return True
    return question.required_when is not None and holds(question.required_when, values, asked_keys)


def holds(condition: Condition, values: Mapping[str, Any], asked_keys: frozenset[str]) -> bool:
    """Whether a condition holds. A question that is not asked counts as unanswered."""
    if condition.all_of:
        return all(holds(part, values, asked_keys) for part in condition.all_of)
    if condition.any_of:
        return any(holds(part, values, asked_keys) for part in condition.any_of)
    value = values.get(condition.question) if condition.question in asked_keys else None
    return _test(condition, value)


def _is_asked(definition: Definition, question: Question, values: Mapping[str, Any], found: dict[str, bool]) -> bool:
    if question.key not in found:
        # A definition holds no loops (it is refused at reading), so this ends.
        found[question.key] = True
        section: Section = definition.section_of[question.key]
        conditions = [each for each in (section.asked_when, question.asked_when) if each]
        needed = {key for condition in conditions for key in condition.questions}
        known = frozenset(
            key
            for key in needed
            if key != question.key and _is_asked(definition, definition.questions[key], values, found)
        )
        found[question.key] = all(holds(condition, values, known) for condition in conditions)
    return found[question.key]


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
        return condition.value in value
    number = Decimal(str(value))
    limit = Decimal(condition.value)
    return number >= limit if condition.test == "at_least" else number <= limit
