"""How a letter arrived: each recipient with what became of her mail, counted in one query however many."""

from __future__ import annotations

from django.db.models import Count, OuterRef, QuerySet, Subquery

from samspel.letters.models import Letter, Recipient
from samspel.post.models import Message, MessageState

# Those that somebody should look at, first in the list.
TROUBLED = (MessageState.BOUNCED, MessageState.FAILED, MessageState.IN_DOUBT)


def of(letter: Letter) -> QuerySet[Recipient]:
    """Its recipients, each with `state` of her message (None: there is none), why it failed and when it left."""
    message = Message.objects.filter(key=OuterRef("message_key"))
    return (
        Recipient.objects.filter(letter=letter)
        .select_related("person", "organizer", "university")
        .annotate(
            state=Subquery(message.values("state")[:1]),
            because=Subquery(message.values("failed_because")[:1]),
            left_at=Subquery(message.values("sent_at")[:1]),
        )
        .order_by("pk")
    )


def counts(letter: Letter) -> dict[str, int]:
    """State of a message to how many; only those there are."""
    rows = of(letter).order_by().values("state").annotate(number=Count("pk"))
    return {row["state"] or "": row["number"] for row in rows}


def name_of(row: Recipient) -> str:
    """What a recipient is called to those at the agency."""
    if row.person is not None:
        return row.person.shown_name
    if row.organizer is not None:
        return row.organizer.name
    return row.name or row.address or "–"
