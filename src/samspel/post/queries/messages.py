"""Messages that somebody should look at, or forget."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.post.models import Message, MessageState

# How long the words of a sent letter are kept, so that it can be sent again or printed when it bounces.
WORDS_KEPT = timedelta(days=14)
UNDER_WAY = (MessageState.WAITING, MessageState.SENDING)


def waiting() -> QuerySet[Message]:
    """Messages not yet delivered, oldest first."""
    return Message.objects.filter(state=MessageState.WAITING).order_by("written_at", "id")


def undelivered() -> QuerySet[Message]:
    """Messages given up, newest first: for the person who looks after the system."""
    return Message.objects.filter(state=MessageState.FAILED).order_by("-written_at", "-id")


def in_doubt() -> QuerySet[Message]:
    """Messages that may have left, oldest first: a person decides."""
    return Message.objects.filter(state=MessageState.IN_DOUBT).order_by("written_at", "id")


def failed_unseen() -> QuerySet[Message]:
    """Messages given up that nobody has looked at, newest first; what was good for a short time alone is not asked."""
    return undelivered().filter(settled_at=None, good_until=None)


def to_forget(at: datetime) -> QuerySet[Message]:
    """Messages at their end whose time is over; what waits or is in doubt still needs its address."""
    return Message.objects.filter(forget_at__lte=at).exclude(state__in=[*UNDER_WAY, MessageState.IN_DOUBT])


def words_kept_long_enough(at: datetime) -> QuerySet[Message]:
    """Sent messages that still have their words, though no bounce is to be waited for any more."""
    return Message.objects.filter(state=MessageState.SENT, sent_at__lt=at - WORDS_KEPT).exclude(body="")


def state_in_words(state: str) -> str:
    """What a person is told of where one message stands."""
    return {
        MessageState.WAITING: _("Waits"),
        MessageState.SENDING: _("Is being sent"),
        MessageState.SENT: _("Sent"),
        MessageState.IN_DOUBT: pgettext("message", "In doubt"),
        MessageState.FAILED: pgettext("message", "Failed"),
        MessageState.BOUNCED: _("Came back"),
        MessageState.PAPER: _("On paper"),
    }[MessageState(state)]
