"""Settling: what a person decides of a message that stopped, and of a job that did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.kernel.audit import record
from samspel.post import permissions
from samspel.post.models import AddressTrouble, Message, MessageState
from samspel.post.operations import messages
from samspel.post.operations.refusals import NotSettled

MAY_BE_SENT_AGAIN = (MessageState.IN_DOUBT, MessageState.FAILED, MessageState.BOUNCED)


@transaction.atomic
def send_again(*, message: Message, by: Any, at: datetime) -> Message:
    """Let a message in doubt, failed or bounced go out once more, under the same Message-ID.

    Raises NotSettled if it stands otherwise, its words are gone or its address bounces.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    permissions.TABLE.require(by, permissions.SETTLE, at)
    _require(message, MAY_BE_SENT_AGAIN)
    if not message.to_address or not message.body:
        raise NotSettled(_("Its words or its address are gone, so it cannot be sent again."), code="words-gone")
    if AddressTrouble.objects.filter(address=message.to_address, hard_at__isnull=False).exists():
        raise NotSettled(_("The address bounces. Correct it first, or say that it works."), code="address-bounces")
    left, claimed_because = message.state, message.failed_because
    message.state, message.claim, message.failed_because = MessageState.WAITING, None, ""
    message.attempts, message.due_at = 0, at
    _settle(message, by, at, "claim", "failed_because", "attempts", "due_at")
    messages.queue_delivery(message)
    record(action="post.message.sent_again", on=message, by=by, at=at, left=left, because=claimed_because)
    return message


@transaction.atomic
def count_as_sent(*, message: Message, by: Any, at: datetime) -> Message:
    """A message in doubt is taken for sent, at the moment it was handed over. Raises NotSettled."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    permissions.TABLE.require(by, permissions.SETTLE, at)
    _require(message, (MessageState.IN_DOUBT,))
    message.state, message.claim, message.sent_at = MessageState.SENT, None, message.claimed_at
    message.body = message.body_html = ""
    _settle(message, by, at, "claim", "sent_at", "body", "body_html")
    record(action="post.message.counted_as_sent", on=message, by=by, at=at, because=message.failed_because)
    return message


@transaction.atomic
def let_be(*, message: Message, by: Any, at: datetime) -> Message:
    """A failed message has been looked at and is not sent; it is asked about no more. Raises NotSettled."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    permissions.TABLE.require(by, permissions.SETTLE, at)
    _require(message, (MessageState.FAILED,))
    _settle(message, by, at)
    record(action="post.message.let_be", on=message, by=by, at=at, because=message.failed_because)
    return message


@transaction.atomic
def retry_job(*, number: int, by: Any, at: datetime) -> None:
    """Queue a failed job again. Raises NotSettled if it is not there, or has not failed."""
    permissions.TABLE.require(by, permissions.RETRY, at)
    job = ProcrastinateJob.objects.select_for_update(of=("self",)).filter(pk=number, status="failed").first()
    if job is None:
        raise NotSettled(_("That job is not waiting for a decision any more."), code="no-failed-job")
    if job.queueing_lock and ProcrastinateJob.objects.filter(queueing_lock=job.queueing_lock, status="todo").exists():
        raise NotSettled(_("An equal job waits already, so this one is not needed."), code="equal-job-waits")
    app.job_manager.retry_job_by_id(job_id=job.pk, retry_at=at)
    record(action="post.job.retried", on=job, by=by, at=at, task=job.task_name, attempts=job.attempts)


def _require(message: Message, states: tuple[str, ...]) -> None:
    if message.state not in states:
        raise NotSettled(_("Somebody has decided already, or it has left meanwhile."), code="decided-already")


def _settle(message: Message, by: Any, at: datetime, *changed: str) -> None:
    message.settled_at, message.settled_by = at, by.key
    message.save(update_fields=["state", "settled_at", "settled_by", *changed])
