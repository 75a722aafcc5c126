"""What each has to do, what she does for those who are away, and what others do for her meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from samspel.accounts.models import Person
from samspel.accounts.queries import handed
from samspel.accounts.queries.handed import ToDo
from samspel.accounts.queries.people import names_of
from samspel.kernel.permissions import Holding, holding_only, holdings_of

RowKey = tuple[str, str]


def todo_of(person: Person, at: datetime) -> list[ToDo]:
    """Everything a person has to do: what has a date first, soonest first; what waits for others last.

    What is hers because she stands in for somebody says for whom; what a deputy does while she is away waits for
    others, and says who does it.
    """
    rows = _while_away(person, at, _instead_of_others(person, at, todo_given(person, at, None)))
    return sorted(rows, key=lambda row: (row.is_waiting_for_others, row.due_on is None, row.due_on or date.max))


def todo_given(person: Person, at: datetime, holdings: Iterable[Holding] | None) -> list[ToDo]:
    """What she would have to do if she held exactly these (None: what she does hold), in the providers' order."""
    asked = person if holdings is None else holding_only(person, at, holdings)
    return [row for provider in handed.todo_providers for row in provider(asked, at)]


def todo_from(person: Person, at: datetime, holdings: Iterable[Holding]) -> list[ToDo]:
    """Those of her rows that come of these holdings alone: what a successor takes over, what a place asks."""
    without = {row_key(row) for row in todo_given(person, at, ())}
    rows = [row for row in todo_given(person, at, holdings) if row_key(row) not in without]
    return sorted(rows, key=lambda row: (row.is_waiting_for_others, row.due_on is None, row.due_on or date.max))


def row_key(row: ToDo) -> RowKey:
    """What makes two rows the same."""
    return (row.address, str(row.title))


def _instead_of_others(person: Person, at: datetime, rows: list[ToDo]) -> list[ToDo]:
    held = holdings_of(person, at)
    own = [one for one in held if one.instead_of is None]
    if len(own) == len(held):
        return rows
    hers = {row_key(row): row for row in todo_given(person, at, own)}
    for_whom: dict[RowKey, UUID] = {}
    for absent in dict.fromkeys(one.instead_of for one in held if one.instead_of):
        theirs = [*own, *(one for one in held if one.instead_of == absent)]
        for row in todo_given(person, at, theirs):
            alone = hers.get(row_key(row))
            if alone is None or (alone.is_waiting_for_others and not row.is_waiting_for_others):
                for_whom.setdefault(row_key(row), absent)
    names = names_of(for_whom.values())
    return [replace(row, instead_of=names.get(for_whom.get(row_key(row)), "")) for row in rows]


def _while_away(person: Person, at: datetime, rows: list[ToDo]) -> list[ToDo]:
    away = [absence for provider in handed.absences for absence in provider(person, at)]
    if not away or not rows:
        return rows
    held = holdings_of(person, at)
    done: dict[RowKey, str] = {}
    for absence in away:
        kept = [one for one in held if one != absence.holding]
        left = {row_key(row) for row in todo_given(person, at, kept) if not row.is_waiting_for_others}
        done |= {
            row_key(row): absence.deputy for row in rows if not row.is_waiting_for_others and row_key(row) not in left
        }
    return [
        replace(row, is_waiting_for_others=True, done_by=done[row_key(row)]) if row_key(row) in done else row
        for row in rows
    ]
