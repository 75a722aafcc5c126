"""A claim: the number under which one connection holds the one row that it is about to send.

The number is a session-level advisory lock. PostgreSQL lets go of it when the connection ends, whatever ended it, so
that a dead claimant is known at once, and one that is only slow is not taken for dead.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from time import sleep
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from samspel.kernel import jobs
from samspel.post.models import AddressTrouble, Mailing, Message, MessageState, Sender
from samspel.post.operations import bounces, messages, quick, turns
from samspel.post.queries.handed import still_true
from samspel.post.rules import paces
from samspel.post.rules.failures import Failure

TOO_LATE = "too-late"
BOUNCES = "address-bounces"
NO_LONGER_TRUE = "no-longer-true"
_TRIES_TO_TELL = 5

Clock = Callable[[], datetime]


class ClaimLost(Exception):
    """The connection that held the claim is gone; whoever asks may already have found the row in doubt."""


@dataclass(frozen=True)
class Done:
    """What became of a message that was handed over. No failure: the server took it."""

    message: Message
    failure: Failure | None = None


class Claim:
    """Holds the lock while it is entered. Everything in between runs on one pinned connection.

    Django must not change the connection meanwhile (it closes them around requests and jobs, never inside one), and no
    pooler that shares sessions may stand in front of the database.
    """

    def __init__(self) -> None:
        self.number = secrets.randbits(62)
        self._pinned: Any = None
        self._senders: dict[int | None, Sender] = {}

    def __enter__(self) -> Claim:
        connection.ensure_connection()
        self._pinned = connection.connection
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [self.number])
        return self

    def __exit__(self, *raised: object) -> None:
        try:
            self._require_pinned()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [self.number])
        except (DatabaseError, InterfaceError, ClaimLost):
            # A pooled connection must not go back with the lock on it: ended, it lets go.
            with suppress(Exception):
                self._pinned.close()

    def take(self, rows: Callable[[], QuerySet[Message]], *, clock: Clock, done: Done | None = None) -> Message | None:
        """Write what became of the last message and claim the next of the rows, in one commit; None if none is due."""
        while True:
            with transaction.atomic(durable=True):
                self._require_pinned()
                if done is not None:
                    _write(done, self.number, at=clock())
                message = _next(rows())
                is_ours = message is not None and _may_leave(message, at=clock())
                if is_ours:
                    self._hold(message, at=clock())
            if message is None or is_ours:
                return message
            done = None

    def take_of(self, mailing: Mailing, *, clock: Clock, done: Done | None = None) -> Message | None:
        """As `take`, of the rows of a mailing that are due: the usual case in one statement."""
        has_usual_end = done is None or done.failure is None
        if connection.in_atomic_block or not has_usual_end or still_true.get(mailing.kind):
            return self.take(lambda: mailing.messages.filter(due_at__lte=clock()), clock=clock, done=done)
        self._require_pinned()
        left = done.message.pk if done else None
        message = quick.take(mailing=mailing.pk, claim=self.number, done=left, at=clock())
        if message is not None:
            message.mailing, message.sender = mailing, self._sender(message.sender_id)
            return message
        return self.take(lambda: mailing.messages.filter(due_at__lte=clock()), clock=clock)

    def _sender(self, number: int | None) -> Sender | None:
        if number is not None and number not in self._senders:
            self._senders[number] = Sender.objects.get(pk=number)
        return self._senders.get(number)

    def settle(self, done: Done, *, clock: Clock) -> None:
        """Write what became of a message. Tried on new connections too: what is known must not stay in doubt."""
        for tries in range(_TRIES_TO_TELL):
            try:
                with transaction.atomic():
                    return _write(done, self.number, at=clock())
            except (DatabaseError, InterfaceError):
                if connection.in_atomic_block or tries == _TRIES_TO_TELL - 1:
                    raise
                connection.close()
                sleep(tries / 2)
        return None

    def _require_pinned(self) -> None:
        if connection.connection is not self._pinned:
            raise ClaimLost

    def _hold(self, message: Message, *, at: datetime) -> None:
        message.attempts += 1
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.SENDING, claim=self.number, claimed_at=at, attempts=F("attempts") + 1
        )


def _next(rows: QuerySet[Message]) -> Message | None:
    """The first of the rows that waits and that no other claims at this moment, locked until the commit."""
    # Its number alone is asked for first: were the planner to sort, it would sort numbers and no letters.
    waiting = rows.filter(state=MessageState.WAITING).order_by("due_at", "id").values_list("pk", flat=True)
    for number in waiting.select_for_update(skip_locked=True)[:1]:
        trouble = AddressTrouble.objects.filter(address=OuterRef("to_address"), hard_at__isnull=False)
        return Message.objects.select_related("sender").annotate(bounces=Exists(trouble)).get(pk=number)
    return None


def _may_leave(message: Message, *, at: datetime) -> bool:
    """Whether it may be sent now. What may not is closed, or put off until its domain has a turn for it."""
    if message.good_until is not None and message.good_until < at:
        close(message, MessageState.FAILED, failed_because=TOO_LATE)
    elif not _is_still_true(message, at=at):
        # Nobody has to look at it: what it was about has changed, and who wrote it knows.
        close(message, MessageState.FAILED, failed_because=NO_LONGER_TRUE, settled_at=at)
    elif message.bounces and message.good_until is None:  # type: ignore[attr-defined]
        # Somebody waits at the screen for what is good for a while only: a code is tried all the same, or a mistaken
        # bounce would shut her out.
        state = MessageState.PAPER if message.postal_address else MessageState.FAILED
        close(message, state, failed_because=BOUNCES)
    elif message.lane == jobs.URGENT:
        turns.count(message.domain, at=at)
        return True
    elif turns.take(message.domain, at=at):
        return True
    else:
        put_off(message, until=turns.promise(message.domain, at=at))
    return False


def _is_still_true(message: Message, *, at: datetime) -> bool:
    asked = still_true.get(message.kind)
    return asked is None or asked(message, at)


def put_off(message: Message, *, until: datetime, **changed: Any) -> None:
    """Let it wait; one that goes by itself gets a job for then."""
    message.due_at = until
    Message.objects.filter(pk=message.pk).update(state=MessageState.WAITING, claim=None, due_at=until, **changed)
    if message.mailing_id is None:
        messages.queue_delivery(message)


def close(message: Message, state: MessageState, **changed: Any) -> None:
    """An end, for now."""
    Message.objects.filter(pk=message.pk).update(**closed(message, state, **changed))


def closed(message: Message, state: MessageState, **changed: Any) -> dict[str, Any]:
    """What a message at its end is like: its words go unless a person may want them."""
    if not _keeps_words(message, state):
        changed |= {"body": "", "body_html": ""}
    return {"state": state, "claim": None, **changed}


def _keeps_words(message: Message, state: MessageState) -> bool:
    if message.good_until is not None:
        return False
    # What failed may be sent again, and a letter that bounces is sent again or printed.
    return state != MessageState.SENT or bool(message.mailing_id or message.postal_address)


def _write(done: Done, number: int, *, at: datetime) -> None:
    """What became of it, if the row is still ours: a person may have decided meanwhile."""
    message, failure = done.message, done.failure
    ours = Message.objects.filter(pk=message.pk, claim=number, state__in=[MessageState.SENDING, MessageState.IN_DOUBT])
    if failure is None:
        ours.update(**closed(message, MessageState.SENT, sent_at=at, failed_because=""))
    elif failure.is_in_doubt:
        ours.update(state=MessageState.IN_DOUBT, failed_because=failure.reason)
    elif failure.is_final:
        _refuse(message, failure, ours, at=at)
    elif ours.select_for_update().exists():
        missed(message, failure.reason, at=at)


def _refuse(message: Message, failure: Failure, ours: QuerySet[Message], *, at: datetime) -> None:
    """The server takes it never: an end, and a word on the address if that is what it said no to."""
    is_ours = ours.update(**closed(message, MessageState.FAILED, failed_because=failure.reason))
    if is_ours and failure.is_address_gone and message.to_address:
        bounces.note_trouble(address=message.to_address, code=failure.reason, is_hard=True, at=at)


def missed(message: Message, reason: str, *, at: datetime, **changed: Any) -> None:
    """A try that came to nothing: another one later, or an end if it has been tried long enough."""
    until = _next_try(message, at)
    if until is None:
        close(message, MessageState.FAILED, failed_because=reason, **changed)
    else:
        put_off(message, until=until, failed_because=reason, **changed)


def _next_try(message: Message, at: datetime) -> datetime | None:
    """When to try again; None if it has been tried long enough, or would not be worth sending any more."""
    wait = paces.wait_after(message.attempts)
    if wait is None or (message.good_until is not None and message.good_until < at + wait):
        return None
    return at + wait
