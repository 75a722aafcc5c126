"""A duplicate's parts in forms become those of the person she turned out to be.

Who wrote what is known by keys, which stay as they were: a key that was merged gives the name of the one that counts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samspel.accounts.models import Person
from samspel.forms.models import Answer, Comment, DifferingView, Participant, Presence, SectionMark


def move(keep: Person, gone: Person, *, by: Any, at: datetime) -> None:
    """Part of a merge, with both people locked. The same part begun the same day becomes one, with the longer time."""
    hers = {(row.answer_id, row.deed, row.from_on): row for row in Participant.objects.filter(person=keep)}
    for row in Participant.objects.select_for_update().filter(person=gone).order_by("pk"):
        same = hers.get((row.answer_id, row.deed, row.from_on))
        if same is None:
            row.person = keep
            row.save(update_fields=["person"])
            continue
        same.to_on = None if row.to_on is None or same.to_on is None else max(row.to_on, same.to_on)
        same.save(update_fields=["to_on"])
        row.delete()
    Presence.objects.filter(person=gone).delete()
    SectionMark.objects.filter(given_to=gone).update(given_to=keep)
    Comment.objects.filter(said_by=gone).update(said_by=keep)
    DifferingView.objects.filter(person=gone).update(person=keep)
    Answer.objects.filter(person=gone).update(person=keep)
