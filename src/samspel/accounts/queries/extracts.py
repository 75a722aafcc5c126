"""The register extract: all that is kept about a person, each app handing in its own part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samspel.accounts.models import Person
from samspel.kernel.handed_down import HandedDown


@dataclass(frozen=True)
class Field:
    """One thing that is kept: a key that never changes, what it is called, and the value (plain, a day or a moment)."""

    key: str
    label: Any
    value: Any


@dataclass(frozen=True)
class ExtractPart:
    """One sort of rows that an app keeps about somebody. `key` is the part's name in the JSON; rows name nobody else.

    note: what is not told here and why, or how it was counted.
    """

    title: Any
    rows: tuple[tuple[Field, ...], ...]
    key: str = ""
    note: Any = ""


PartProvider = Callable[[Person, datetime], ExtractPart | Iterable[ExtractPart]]

parts: HandedDown[PartProvider] = HandedDown()
"""Each app that keeps something about people adds its part here, from its extensions."""
