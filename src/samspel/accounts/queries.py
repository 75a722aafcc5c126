"""What a person has to do, as the apps above hand it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samspel.accounts.models import Person
from samspel.kernel.handed_down import HandedDown


@dataclass(frozen=True)
class ToDo:
    """A row of Att göra: what to do, where, why, and by when (None: no date)."""

    title: Any
    address: str
    because: Any
    due_on: date | None = None
    is_waiting_for_others: bool = False


ToDoProvider = Callable[[Person, datetime], Iterable[ToDo]]

# Each app above adds its rows here, from its extensions.
todo_providers: HandedDown[ToDoProvider] = HandedDown()


def todo_of(person: Person, at: datetime) -> list[ToDo]:
    """Everything a person has to do: what has a date first, soonest first; what waits for others last."""
    rows = [row for provider in todo_providers for row in provider(person, at)]
    return sorted(rows, key=lambda row: (row.is_waiting_for_others, row.due_on is None, row.due_on or date.max))


def names_of(keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """Person key to name, in one query, for those who may see who did what."""
    wanted = {key for key in keys if key is not None}
    return dict(Person.objects.filter(key__in=wanted).values_list("key", "name"))
