"""Write a message and its job in the caller's transaction; deliver it once; forget whom it went to in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from samspel.kernel import jobs
from samspel.post import queries
from samspel.post.models import Message, MessageState

DELIVER = "post.deliver"
TOO_LATE = "too-late"


@transaction.atomic
def write(
    *,
    kind: str,
    to_address: str,
    subject: str,
    body: str,
    at: datetime,
    to_key: UUID | None = None,
    language: str = "sv",
    lane: str = jobs.URGENT,
    good_for: timedelta | None = None,
    forget_after: timedelta | None = None,
) -> Message:
    """A message row and the job that delivers it; both are gone if the transaction is rolled back.

    `good_for`: how long it is worth sending (None: for ever). `forget_after`: when the address is deleted.
    """
    message = Message.objects.create(
        kind=kind,
        to_address=to_address,
        to_key=to_key,
        language=language,
        subject=" ".join(subject.split()),
        body=body,
        lane=lane,
        written_at=at,
        good_until=at + good_for if good_for else None,
        forget_at=at + forget_after if forget_after else None,
    )
    jobs.queue(DELIVER, lane=lane, message_key=str(message.key))
    return message


@transaction.atomic
def deliver(*, message_key: str, at: datetime) -> bool:
    """Hand a waiting message to the mail server. Returns whether it was sent now.

    The row is locked while the server answers, so of two workers the second waits, finds it sent and does nothing.
    A refused delivery raises, and the job is tried again. Should a worker die between the server's yes and the commit,
    the mail goes out twice with the same Message-ID, which lets the receiver drop the repeat.
    """
    message = Message.objects.select_for_update().filter(key=message_key).first()
    if message is None or message.state != MessageState.WAITING:
        return False
    if message.good_until is not None and message.good_until < at:
        _close(message, MessageState.FAILED, failed_because=TOO_LATE)
        return False
    _mail(message).send()
    _close(message, MessageState.SENT, sent_at=at)
    return True


@transaction.atomic
def give_up(*, message_key: str, because: str) -> None:
    """Mark a message that will not be delivered, with a reason code that names nobody."""
    message = Message.objects.select_for_update().filter(key=message_key).first()
    if message is not None and message.state == MessageState.WAITING:
        _close(message, MessageState.FAILED, failed_because=because[:300])


@transaction.atomic
def queue_stranded(*, at: datetime) -> int:
    """Queue messages anew that wait although their job is gone (a job table that was lost or cleared by hand)."""
    stranded = list(queries.stranded(at).select_for_update(skip_locked=True))
    for message in stranded:
        jobs.queue(DELIVER, lane=message.lane, message_key=str(message.key))
    return len(stranded)


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Delete to whom messages went, where their time is over; kind, moments and outcome stay to be counted."""
    return queries.to_forget(at).update(to_address="", to_key=None, forget_at=None)


def _close(message: Message, state: MessageState, *, sent_at: datetime | None = None, failed_because: str = "") -> None:
    message.state, message.body = state, ""
    message.sent_at, message.failed_because = sent_at, failed_because
    message.save(update_fields=["state", "body", "sent_at", "failed_because"])


def _mail(message: Message) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "samspel"
    headers = {
        "Message-ID": f"<{message.key}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    return EmailMessage(subject=message.subject, body=message.body, to=[message.to_address], headers=headers)
