"""Write a message and its job in the caller's transaction; deliver it once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction

from samspel.kernel import jobs
from samspel.post.models import Message, MessageState

DELIVER = "post.deliver"


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
) -> Message:
    """A message row and the job that delivers it; both are gone if the transaction is rolled back."""
    message = Message.objects.create(
        kind=kind,
        to_address=to_address,
        to_key=to_key,
        language=language,
        subject=" ".join(subject.split()),
        body=body,
        written_at=at,
    )
    jobs.queue(DELIVER, lane=lane, message_key=str(message.key))
    return message


@transaction.atomic
def deliver(*, message_key: str, at: datetime) -> bool:
    """Hand a waiting message to the mail server. Returns whether it was sent now.

    The row is locked while the server answers, so two workers never send it twice; a refused delivery raises and
    the job is tried again. The Message-ID is the message's own key, which lets a mail server drop a repeat.
    """
    message = Message.objects.select_for_update(skip_locked=True).filter(key=message_key).first()
    if message is None or message.state != MessageState.WAITING:
        return False
    EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.to_address],
        headers={"Message-ID": f"<{message.key}@samspel>", "Auto-Submitted": "auto-generated"},
    ).send()
    message.state, message.sent_at, message.body = MessageState.SENT, at, ""
    message.save(update_fields=["state", "sent_at", "body"])
    return True


@transaction.atomic
def give_up(*, message_key: str, because: str) -> None:
    """Mark a message that could not be delivered after every try."""
    message = Message.objects.select_for_update().get(key=message_key)
    if message.state == MessageState.WAITING:
        message.state, message.failed_because = MessageState.FAILED, because[:300]
        message.save(update_fields=["state", "failed_because"])
