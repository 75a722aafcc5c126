"""A duplicate's questions become those of the person she turned out to be, and so do the cases in her hands.

A document stays as it was registered; it names the person that stayed, since her name is looked up by who counts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samspel.accounts.models import Person
from samspel.casefiles.models import CaseFile, CaseFileState, Question


def move(keep: Person, gone: Person, *, by: Any, at: datetime) -> None:
    """Part of a merge, with both people locked."""
    Question.objects.filter(person=gone).update(person=keep)
    Question.objects.filter(owner=gone.key).update(owner=keep.key)
    CaseFile.objects.filter(handler=gone.key, state=CaseFileState.OPEN).update(handler=keep.key)
