"""A message: a row written with what it is about, delivered by a job of the same transaction."""

import uuid

from django.db import models


class MessageState(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Message(models.Model):
    """One mail to one address. The body is cleared once sent: a login code must not lie about."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=100)
    to_address = models.EmailField()
    # The person's key, as a value: post stands below accounts.
    to_key = models.UUIDField(null=True)
    language = models.CharField(max_length=5, default="sv")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "written_at"], name="message_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"
