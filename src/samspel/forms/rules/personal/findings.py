"""What a search for personal data finds: a kind, and where in the text."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a place in a text looks like."""

    PERSONAL_NUMBER = "personal_number"
    COORDINATION_NUMBER = "coordination_number"
    PHONE = "phone"
    MAIL = "mail"
    NAME_WITH_AGE = "name_with_age"
    NAME_WITH_CLASS = "name_with_class"


class Finding(NamedTuple):
    """One place, from `start` up to `end`, in characters."""

    kind: str
    start: int
    end: int
