"""A definition back to plain data, the same for the same definition, and its digest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import Any

from samspel.forms.rules.definitions.parts import Condition, Definition, Limits, Question, Text
from samspel.forms.rules.definitions.reading import FORMAT


def as_data(definition: Definition) -> dict[str, Any]:
    """Plain data (JSON, TOML) from which `read` gives the same definition. What is as by default is left out."""
    return {"format": FORMAT, **_table(definition)}


def digest_of(definition: Definition) -> str:
    """SHA-256 of the definition, hexadecimal: the same words, the same digest."""
    data = json.dumps(as_data(definition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()


def _table(part: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields(part):
        value, default = getattr(part, each.name), each.default
        if isinstance(value, Limits):
            found |= _table(value)
        elif value is not None and (value != default or (isinstance(part, Question) and each.name == "type")):
            plain = _plain(value)
            if plain not in ({}, [], "") or each.name == "subject":
                found[each.name] = plain
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return {name: words for name, words in (("sv", value.sv), ("en", value.en)) if words}
    if isinstance(value, Condition):
        return _condition(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return _table(value)
    return dict(value) if isinstance(value, dict) else value


def _condition(value: Condition) -> dict[str, Any]:
    if value.all_of:
        return {"all": [_condition(part) for part in value.all_of]}
    if value.any_of:
        return {"any": [_condition(part) for part in value.any_of]}
    return {"question": value.question, value.test: True if value.test == "is_answered" else value.value}
