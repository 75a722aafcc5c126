"""A message: a row written with what it is about, delivered by a job of the same transaction."""

import uuid

from django.db import models
from django.db.models import Q


class MessageState(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Message(models.Model):
    """One mail to one address. The body is cleared once it has left or never will: a login code must not lie about."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=100)
    # Empty once the message's time is over (`forget_at`).
    to_address = models.EmailField(blank=True)
    # The person's key, as a value: post stands below accounts.
    to_key = models.UUIDField(null=True)
    language = models.CharField(max_length=5, default="sv")
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    lane = models.CharField(max_length=20, default="urgent")
    written_at = models.DateTimeField()
    # After this moment it is not worth sending: the code in it is no longer valid.
    good_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # A code of ours (`smtp-550-5.1.1`, `timeout`): a mail server's own words may hold an address.
    failed_because = models.CharField(max_length=300, blank=True)
    # When whom it went to is forgotten; the row stays, to count.
    forget_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "written_at"], name="message_waiting"),
            models.Index(fields=["forget_at"], name="message_forget", condition=Q(forget_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"
