"""Delivery: claim a row and commit, hand it to the mail server, write what became of it and commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import QuerySet

from samspel.kernel import jobs
from samspel.post.models import Mailing, Message, MessageState
from samspel.post.operations import sweeping
from samspel.post.operations.claims import Claim, ClaimLost, Clock, Done, missed
from samspel.post.operations.envelopes import mail
from samspel.post.operations.lines import Line
from samspel.post.rules import failures
from samspel.post.rules.failures import Failure

DELIVER_MAILING = "post.deliver_mailing"
# Rows of a mailing that one job sends, over one line.
BATCH = 200
# A job that found nothing due looks again after at most so long.
_LOOKS_AGAIN = timedelta(minutes=1)


# Writes what became of the last message, and claims the next.
Taking = Callable[[Claim, Done | None], Message | None]


@dataclass
class Tally:
    """What a run over one line came to. reasons: codes of what was not taken, in order."""

    sent: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """Messages handed over, taken or not."""
        return self.sent + len(self.reasons)

    def add(self, failure: Failure | None) -> None:
        """Count one more."""
        if failure is None:
            self.sent += 1
        else:
            self.reasons.append(failure.reason)


def deliver(*, message_key: str | UUID, clock: Clock) -> Tally:
    """Deliver one message, if it waits: of two workers one gets it. What its dead worker left is found in doubt.

    A try that failed puts it off with a job for then, or closes it. A server that is not reached counts as a try.
    """
    rows = Message.objects.filter(key=message_key)
    sweeping.find_doubtful(at=clock(), rows=rows)
    due_at = rows.filter(state=MessageState.WAITING).values_list("due_at", flat=True).first()
    if due_at is None:
        return Tally()
    line = Line()
    try:
        line.open()
    except Exception as error:
        return _not_reached(rows, failures.of(error), at=clock())
    # Not looked at again by this job once it is put off.
    still = rows.filter(due_at=due_at)
    return _over(line, lambda claim, done: claim.take(lambda: still, clock=clock, done=done), clock=clock, most=1)


def deliver_mailing(
    *, mailing_key: str | UUID, clock: Clock, most: int = BATCH, is_stopping: Callable[[], bool] = lambda: False
) -> Tally:
    """Deliver rows of a mailing that are due, one after another over one line; a job follows if some are left.

    Raises what the connection raises if the server is not reached: then no row was touched.
    """
    mailing = Mailing.objects.get(key=mailing_key)
    line = Line()
    line.open()
    try:
        return _over(
            line,
            lambda claim, done: claim.take_of(mailing, clock=clock, done=done),
            clock=clock,
            most=most,
            is_stopping=is_stopping,
        )
    finally:
        follow_up(mailing, at=clock())


@transaction.atomic
def follow_up(mailing: Mailing, *, at: datetime) -> bool:
    """A job for what is left of a mailing, when the first of it is due; one waits at a time."""
    first = mailing.messages.filter(state=MessageState.WAITING).order_by("due_at").values_list("due_at", flat=True)[:1]
    for due_at in first:
        later = min(due_at, at + _LOOKS_AGAIN) if due_at > at else None
        key = str(mailing.key)
        only_one = f"{DELIVER_MAILING} {key}"
        return bool(
            jobs.queue(DELIVER_MAILING, lane=mailing.lane, not_before=later, only_one=only_one, mailing_key=key)
        )
    return False


def _over(
    line: Line,
    take: Taking,
    *,
    clock: Clock,
    most: int,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Tally:
    """At most one row is in the air at any moment, and each stands in the database before it is."""
    tally, done = Tally(), None
    try:
        with Claim() as claim:
            while tally.tried < most and not line.is_down and not is_stopping():
                message = _take(claim, take, done, clock)
                done = None
                if message is None:
                    break
                done = Done(message, line.hand_over(mail(message)))
                tally.add(done.failure)
            if done is not None:
                claim.settle(done, clock=clock)
    finally:
        line.close()
    return tally


def _take(claim: Claim, take: Taking, done: Done | None, clock: Clock) -> Message | None:
    try:
        return take(claim, done)
    except (DatabaseError, InterfaceError, ClaimLost):
        if done is not None:
            claim.settle(done, clock=clock)
        raise


@transaction.atomic
def _not_reached(rows: QuerySet[Message], failure: Failure, *, at: datetime) -> Tally:
    message = rows.filter(state=MessageState.WAITING).select_for_update(skip_locked=True).first()
    if message is not None:
        message.attempts += 1
        missed(message, failure.reason, at=at, attempts=message.attempts)
    return Tally(reasons=[failure.reason])
