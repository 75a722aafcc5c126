"""Sweeping: rows whose claimant died are found in doubt, and rows that wait without a job get one."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from samspel.post import queries
from samspel.post.models import Message, MessageState
from samspel.post.operations import messages

WORKER_DIED = "worker-died"
DOUBT_TOO_LATE = "too-late-in-doubt"


@transaction.atomic
def find_doubtful(*, at: datetime, rows: QuerySet[Message] | None = None) -> int:
    """Rows SENDING whose claim nobody holds any more become IN_DOUBT. Returns how many.

    Nothing in doubt is sent again by itself. What is past its time fails instead of bothering a person.
    """
    asked = Message.objects.all() if rows is None else rows
    sending = asked.filter(state=MessageState.SENDING)
    found = 0
    for claim in list(sending.order_by("claim").values_list("claim", flat=True).distinct()):
        if _is_free(claim):
            found += sending.filter(claim=claim).update(state=MessageState.IN_DOUBT, failed_because=WORKER_DIED)
    asked.filter(state=MessageState.IN_DOUBT, good_until__lt=at).update(
        state=MessageState.FAILED, failed_because=DOUBT_TOO_LATE, body="", body_html=""
    )
    return found


@transaction.atomic
def queue_stranded(*, at: datetime) -> int:
    """Jobs anew for what waits although its job is gone (killed too often, or a job table cleared by hand)."""
    from samspel.post.operations.delivery import follow_up

    alone = list(queries.stranded(at).select_for_update(skip_locked=True))
    for message in alone:
        messages.queue_delivery(message)
    return len(alone) + sum(follow_up(mailing, at=at) for mailing in queries.stranded_mailings(at))


def _is_free(claim: int | None) -> bool:
    """Whether no connection holds the claim's lock; if so it is ours until the commit, and no second sweeper's."""
    if claim is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [claim])
        return bool(cursor.fetchone()[0])
