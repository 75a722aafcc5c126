"""A message: a row written with what it is about, delivered by a job of the same transaction."""

import uuid

from django.db import models
from django.db.models import Q


class MessageState(models.TextChoices):
    """Where a message stands.

    WAITING and SENDING are under way; the others are ends, but a person may send again what is FAILED or BOUNCED, and
    decides what becomes of what is IN_DOUBT: the worker died between handing the mail over and writing that it had.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    IN_DOUBT = "in_doubt"
    FAILED = "failed"
    BOUNCED = "bounced"
    PAPER = "paper"


class Mailing(models.Model):
    """Many messages that belong together. `expected` is counted by who asked for it, not from the rows."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=100)
    # What it is about, for the person who looks after the system; names nobody.
    title = models.CharField(max_length=300)
    lane = models.CharField(max_length=20, default="bulk")
    expected = models.PositiveIntegerField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Sender(models.Model):
    """As whom a mail goes out: name, address, where answers go, and how it looks. A university has its own."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    from_address = models.EmailField()
    # Read by people; never a no-reply.
    reply_to = models.EmailField()
    # "#rrggbb", tried against white for contrast before it is taken.
    colour = models.CharField(max_length=7, default="#1b4b66")
    # Two lines at the foot: who sends, and where one reaches them.
    signature = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """One mail to one address.

    The words are cleared once it has left, or never will: a login code must not lie about. What a person may want to
    send again or print (a failed message without a time limit, a letter of a mailing) keeps them until it is forgotten.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=100)
    # The same deed asked for twice writes one message.
    idempotency_key = models.CharField(max_length=200, null=True, unique=True)
    mailing = models.ForeignKey("post.Mailing", models.PROTECT, null=True, related_name="messages")
    sender = models.ForeignKey("post.Sender", models.PROTECT, null=True, related_name="messages")
    # Empty once the message's time is over (`forget_at`).
    to_address = models.EmailField(blank=True)
    to_name = models.CharField(max_length=200, blank=True)
    # The person's key, as a value: post stands below accounts.
    to_key = models.UUIDField(null=True)
    # Where a letter on paper goes, as lines.
    postal_address = models.CharField(max_length=400, blank=True)
    # The receiving domain, folded; rates are kept by it.
    domain = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=5, default="sv")
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    # In answer to which mail (its Message-ID), so that threads hold together.
    in_reply_to = models.CharField(max_length=400, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    # Where one click says no to more of the kind (RFC 8058); of news alone.
    unsubscribe_url = models.CharField(max_length=500, blank=True)
    # From which template, and a digest of it as it then was.
    template = models.CharField(max_length=200, blank=True)
    template_version = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    lane = models.CharField(max_length=20, default="urgent")
    attempts = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    # Not before this moment: a try that failed waits, and so does what its domain has no room for. Always set.
    due_at = models.DateTimeField(null=True)
    # After this moment it is not worth sending: the code in it is no longer valid.
    good_until = models.DateTimeField(null=True)
    # Who holds it while it is SENDING: the number of an advisory lock that dies with its connection.
    claim = models.BigIntegerField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # A code of ours (`smtp-550-5.1.1`, `timeout`): a mail server's own words may hold an address.
    failed_because = models.CharField(max_length=300, blank=True)
    # What a person decided of a message in doubt, and who.
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    # When whom it went to is forgotten; the row stays, to count.
    forget_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "written_at"], name="message_waiting"),
            models.Index(
                fields=["mailing", "due_at", "id"], name="message_mailing_waiting", condition=Q(state="waiting")
            ),
            models.Index(fields=["due_at"], name="message_due", condition=Q(state="waiting")),
            models.Index(fields=["claim"], name="message_claimed", condition=Q(state="sending")),
            models.Index(fields=["sent_at"], name="message_words_kept", condition=Q(state="sent") & ~Q(body="")),
            models.Index(fields=["forget_at"], name="message_forget", condition=Q(forget_at__isnull=False)),
            models.Index(fields=["to_key"], name="message_person", condition=Q(to_key__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "to_address"],
                name="message_once_in_mailing",
                condition=Q(mailing__isnull=False) & ~Q(to_address=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"
