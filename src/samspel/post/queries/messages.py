"""Messages that somebody should look at, or forget."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.post.models import Message, MessageState

# Longer than all tries of a delivery together take.
STRANDED_AFTER = timedelta(hours=1)
BATCH = 500


def waiting() -> QuerySet[Message]:
    """Messages not yet delivered, oldest first."""
    return Message.objects.filter(state=MessageState.WAITING).order_by("written_at", "id")


def undelivered() -> QuerySet[Message]:
    """Messages given up, newest first: for the person who looks after the system."""
    return Message.objects.filter(state=MessageState.FAILED).order_by("-written_at", "-id")


def stranded(at: datetime) -> QuerySet[Message]:
    """Messages that have waited an hour and that no job will deliver, at most BATCH of them."""
    alive = (
        ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
        .annotate(message_key=KeyTextTransform("message_key", "args"))
        .filter(message_key=Cast(OuterRef("key"), TextField()))
    )
    return waiting().filter(~Exists(alive), written_at__lt=at - STRANDED_AFTER)[:BATCH]


def to_forget(at: datetime) -> QuerySet[Message]:
    """Closed messages whose time is over."""
    return Message.objects.filter(forget_at__lte=at).exclude(state=MessageState.WAITING)
