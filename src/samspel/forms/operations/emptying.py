"""When a person's own row is emptied, that she was here just now goes too; what was written stays with its form."""

from __future__ import annotations

from datetime import datetime

from samspel.accounts.models import Person
from samspel.forms.models import Presence, SectionMark


def empty(person: Person, *, at: datetime) -> None:
    """What somebody wrote or said is the answer's, and is deleted with it (`operations.forgetting`)."""
    Presence.objects.filter(person=person).delete()
    SectionMark.objects.filter(given_to=person).update(given_to=None)
