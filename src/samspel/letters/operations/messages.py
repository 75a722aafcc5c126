"""Each row of somebody who is written to knows the message that it gave."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from samspel.post.models import Mailing, Message


def know_messages(rows: QuerySet[Any], mailing: Mailing, *, keyed: str) -> None:
    """In one statement. keyed: what a message's idempotency key begins with, before the number of its row."""
    of_row = Concat(Value(keyed), Cast(OuterRef("pk"), CharField()))
    written = Message.objects.filter(idempotency_key=of_row, mailing=mailing)
    rows.update(message_key=Subquery(written.values("key")[:1]))
