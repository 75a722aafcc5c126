"""A condition as plain data, in one layer: its parts and whether all or any of them must hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def leaves_of(condition: Any) -> list[Mapping[str, Any]] | None:
    """The parts of a condition; [] if there is none, None if it has layers that one list cannot show."""
    if not condition:
        return []
    if isinstance(condition, Mapping) and "question" in condition:
        return [condition]
    parts = condition if isinstance(condition, list) else None
    if isinstance(condition, Mapping):
        parts = condition.get("all") or condition.get("any")
    if isinstance(parts, list) and all(isinstance(each, Mapping) and "question" in each for each in parts):
        return list(parts)
    return None


def word_of(condition: Any) -> str:
    """How its parts are joined: "all" or "any"."""
    return "any" if isinstance(condition, Mapping) and "any" in condition else "all"


def joined(leaves: list[Any], word: str) -> Any:
    """A condition of these parts; None of none."""
    if len(leaves) < 2:
        return dict(leaves[0]) if leaves else None
    return {word: [dict(each) for each in leaves]}
