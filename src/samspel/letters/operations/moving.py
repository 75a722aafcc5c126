"""What a duplicate was sent was sent to the person she turned out to be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samspel.accounts.models import Person
from samspel.letters.models import PassedTo, Recipient


def move(keep: Person, gone: Person, *, by: Any, at: datetime) -> None:
    """Part of a merge, with both people locked."""
    Recipient.objects.filter(person=gone).update(person=keep)
    PassedTo.objects.filter(person=gone).update(person=keep)
