"""How many an audience is, counted in the database, apart from the rows that are picked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from samspel.letters.models import Letter
from samspel.letters.queries.audiences.picking import picked
from samspel.letters.rules import audiences as rules
from samspel.letters.rules.audiences import Audience


def count(audience: Mapping[str, Any] | Audience, at: datetime, *, letter: Letter | None = None) -> int:
    """How many would get a letter."""
    return len(picked(audience, at, letter=letter).recipients)


def is_to_all(audience: Mapping[str, Any] | Audience, at: datetime) -> bool:
    """Whether it goes to everybody of a kind: nothing narrows it, or what does leaves nobody out."""
    audience = audience if isinstance(audience, Audience) else rules.read(audience)
    if not audience.to:
        return False
    narrowed = replace(audience, lists=())
    everybody = Audience(to=audience.to)
    return narrowed == everybody or count(narrowed, at) == count(everybody, at)
