"""What a type of a higher floor adds to a question: plain data, no deeper and no longer than can be kept."""

from __future__ import annotations

import json
from typing import Any, Final

from samspel.forms.rules.definitions.notes import Notes

DEEPEST: Final = 8
LONGEST: Final = 20_000


def plain(notes: Notes, value: Any, where: str) -> dict[str, Any]:
    """The table as JSON keeps it; empty, and noted, if it cannot."""
    if not isinstance(value, dict) or not _is_plain(value, 0):
        notes.fault(where, "not_plain")
        return {}
    text = json.dumps(value)
    if len(text) > LONGEST:
        notes.fault(where, "too_long_text", LONGEST)
        return {}
    again: dict[str, Any] = json.loads(text)
    return again


def _is_plain(value: Any, depth: int) -> bool:
    if depth > DEEPEST:
        return False
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain([key, each], depth + 1) for key, each in value.items())
    if isinstance(value, list):
        return all(_is_plain(each, depth + 1) for each in value)
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    if isinstance(value, float):
        return value == value and abs(value) < 1e300
    return value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10**15)
