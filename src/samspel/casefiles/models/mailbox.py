"""The shared mailbox: a mail in becomes a question that somebody owns, answers and closes."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionState(models.TextChoices):
    """Where a question stands."""

    NEW = "new", pgettext_lazy("a question", "New")
    OWNED = "owned", _("Somebody has it")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class Question(models.Model):
    """A thread of mail with one owner and a date, tied to whom and what it is about."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=300)
    from_address = models.EmailField()
    from_name = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="+")
    case_file = models.ForeignKey("casefiles.CaseFile", models.PROTECT, null=True, related_name="questions")
    # The key of the person who has it.
    owner = models.UUIDField(null=True)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.NEW)
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # The draft of an appointment that it became.
    draft = models.ForeignKey("registry.AppointmentDraft", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "received_at"]
        indexes = [models.Index(fields=["state", "due_on"], name="question_worklist")]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class QuestionMail(models.Model):
    """One mail of a thread, in or out. The original of a mail in is kept as it came."""

    question = models.ForeignKey("casefiles.Question", models.PROTECT, related_name="mails")
    is_out = models.BooleanField(default=False)
    # Who wrote a mail in, by its own word: a thread can be gone on with from another address than who asked.
    from_address = models.CharField(max_length=254, blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    # As in the mail's own head; empty where it had none.
    message_id = models.CharField(max_length=400, blank=True)
    # SHA-256 of the mail as it came, so that one fetched twice is there once.
    digest = models.CharField(max_length=64, blank=True)
    words = models.TextField()
    original = models.ForeignKey("kernel.StoredFile", models.PROTECT, null=True, related_name="+")
    # The message row of an answer (post.Message by key).
    message_key = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="question_mail_once", condition=~Q(digest="")),
        ]
        indexes = [models.Index(fields=["message_id"], name="question_mail_thread")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.at:%Y-%m-%d}"


class QuestionAttachment(models.Model):
    """A file that came with a mail, kept as it came; one that was refused is named with why."""

    mail = models.ForeignKey("casefiles.QuestionMail", models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=255)
    file = models.ForeignKey("kernel.StoredFile", models.PROTECT, null=True, related_name="+")
    refused_because = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.name
