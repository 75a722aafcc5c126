"""What uses what within a definition, and which parts it has, read from plain data that may still have faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TESTS_OF_OPTIONS = ("is", "is_not", "has")


@dataclass(frozen=True, order=True)
class Use:
    """A part that is used ("question", "question=option", "question/column"), by which kind and which part."""

    used: str
    kind: str
    user: str


@dataclass(frozen=True)
class Part:
    """A section, question, option or column: what it is, and what it is called in Swedish and English."""

    kind: str
    sv: str
    en: str = ""


def parts(data: Mapping[str, Any]) -> dict[str, Part]:
    """Every part by the name that a use has for it, in order. What has no key yet is left out."""
    found: dict[str, Part] = {}
    for section in _tables(data, "sections"):
        _note(found, section, "section", "title")
        for question in _tables(section, "questions"):
            key = _note(found, question, "question")
            for option in _tables(question, "options"):
                _note(found, option, "option", before=f"{key}=")
            for column in _tables(question, "columns"):
                _note(found, column, "column", before=f"{key}/")
    return found


def uses(data: Mapping[str, Any]) -> list[Use]:
    """Every use within the definition, once each, in order of what is used."""
    found: set[Use] = set()
    for section in _tables(data, "sections"):
        found.update(_by_condition(section, "asked_when"))
        for question in _tables(section, "questions"):
            found.update(_by_condition(question, "asked_when"))
            found.update(_by_condition(question, "required_when"))
            found.update(_by_sum(question))
    return sorted(found)


def _by_condition(part: Mapping[str, Any], word: str) -> Iterator[Use]:
    for leaf in _leaves(part.get(word), 0):
        asked = leaf.get("question")
        if not isinstance(asked, str):
            continue
        yield Use(asked, "condition", _key(part))
        for test in TESTS_OF_OPTIONS:
            if isinstance(leaf.get(test), str):
                yield Use(f"{asked}={leaf[test]}", "condition", _key(part))


def _by_sum(question: Mapping[str, Any]) -> Iterator[Use]:
    value = question.get("sum_at_most")
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value):
        yield Use(f"{_key(question)}/{value[0]}", "sum", _key(question))
        yield Use(value[1], "sum", _key(question))


def _leaves(condition: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 6:
        return
    if isinstance(condition, list):
        for each in condition:
            yield from _leaves(each, depth + 1)
    elif isinstance(condition, Mapping):
        for word in ("all", "any"):
            yield from _leaves(condition.get(word), depth + 1)
        if "question" in condition:
            yield condition


def _note(found: dict[str, Part], table: Mapping[str, Any], kind: str, words: str = "label", before: str = "") -> str:
    key = _key(table)
    if key:
        found[before + key] = Part(kind, *_words(table.get(words)))
    return key


def _words(value: Any) -> tuple[str, str]:
    if isinstance(value, Mapping):
        return str(value.get("sv", "")), str(value.get("en", ""))
    return (value, "") if isinstance(value, str) else ("", "")


def _key(table: Mapping[str, Any]) -> str:
    key = table.get("key")
    return key if isinstance(key, str) else ""


def _tables(data: Mapping[str, Any], word: str) -> list[Mapping[str, Any]]:
    value = data.get(word)
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
