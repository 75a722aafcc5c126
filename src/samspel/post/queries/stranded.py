"""Messages that wait although no job will deliver them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.post.models import Mailing, Message, MessageState

STRANDED_AFTER = timedelta(minutes=2)
BATCH = 500
ALIVE = ("todo", "doing")


def stranded(at: datetime) -> QuerySet[Message]:
    """Messages by themselves, due for two minutes, that no job will deliver; at most BATCH of them."""
    return Message.objects.filter(
        ~_has_job("message_key"), state=MessageState.WAITING, mailing=None, due_at__lt=at - STRANDED_AFTER
    ).order_by("due_at")[:BATCH]


def stranded_mailings(at: datetime) -> QuerySet[Mailing]:
    """Mailings with rows due for two minutes and no job under way or waiting."""
    due = Message.objects.filter(
        mailing=OuterRef("pk"), state=MessageState.WAITING, due_at__lt=at - STRANDED_AFTER
    ).order_by()
    return Mailing.objects.filter(Exists(due), ~_has_job("mailing_key")).order_by("id")


def _has_job(argument: str) -> Exists:
    alive = (
        ProcrastinateJob.objects.filter(status__in=ALIVE)
        .annotate(asked=KeyTextTransform(argument, F("args")))
        .filter(asked=Cast(OuterRef("key"), TextField()))
    )
    return Exists(alive)
