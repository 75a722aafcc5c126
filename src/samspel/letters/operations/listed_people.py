"""Named lists follow people: a duplicate's place becomes hers, and who is emptied stands on none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samspel.accounts.models import Person
from samspel.letters.models import ListRow


def move(keep: Person, gone: Person, *, by: Any, at: datetime) -> None:
    """Part of a merge, with both people locked. Where both stand on a list, she stands there once."""
    there = ListRow.objects.filter(person=keep).values("list")
    ListRow.objects.filter(person=gone, list__in=there).delete()
    ListRow.objects.filter(person=gone).update(person=keep)


def empty(person: Person, *, at: datetime) -> None:
    """Part of the emptying of her own row."""
    ListRow.objects.filter(person=person).delete()
    ListRow.objects.filter(address=person.email).delete()
