"""The history of a field: who wrote what, when, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samspel.accounts.queries import names_of
from samspel.forms.models import Answer, FieldChange


@dataclass(frozen=True)
class Change:
    """One change of a field: what it became (None: emptied), what it was, who, when, how it came, in which revision."""

    path: str
    value: Any
    was: Any
    at: datetime
    by: UUID | None
    name: str
    way: str
    revision: int


def history_of_field(answer: Answer, path: str, *, seen_by: Any = None) -> list[Change]:
    """Every change of what stands at a path, newest first. Two queries, however many changes.

    A protected person is named to herself alone (`seen_by`).
    """
    rows = list(FieldChange.objects.filter(answer=answer, path=path).order_by("revision", "pk"))
    names = names_of({row.changed_by for row in rows}, seen_by=seen_by)
    found, was = [], None
    for row in rows:
        name = names.get(row.changed_by, "") if row.changed_by else ""
        found.append(Change(path, row.value, was, row.changed_at, row.changed_by, name, row.way, row.revision))
        was = row.value
    return found[::-1]
