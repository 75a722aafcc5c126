"""To whom a letter went is forgotten in time; that it went to so many, and why, stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from samspel.accounts.models import Person
from samspel.letters.models import Letter, LetterState, PassedTo, Recipient, Unsubscribed
from samspel.post.rules import headers


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Take away addresses and names whose time is over, of letters and of what was passed on. Returns how many."""
    due = Recipient.objects.filter(forget_at__lte=at)
    letters = Letter.objects.filter(Exists(due.filter(letter=OuterRef("pk"))))
    for letter in letters.select_for_update().exclude(difference={}):
        letter.difference = {
            name: [key for key in keys if not key.startswith("address:")] for name, keys in letter.difference.items()
        }
        letter.save(update_fields=["difference"])
    Letter.objects.filter(state=LetterState.WITHDRAWN).exclude(planned_recipients=[]).update(planned_recipients=[])
    return sum(
        rows.update(address="", name="", forget_at=None) for rows in (due, PassedTo.objects.filter(forget_at__lte=at))
    )


def empty(person: Person, *, at: datetime) -> None:
    """When a person's own row is emptied: her name and address go from what she was sent; that she was stays."""
    Recipient.objects.filter(person=person).update(address="", name="", forget_at=None)
    PassedTo.objects.filter(person=person).update(address="", name="", forget_at=None)
    Unsubscribed.objects.filter(address=headers.folded(person.email)).delete()
