"""Documents (handlingar) of a case file: in, out and drawn up, each with its number in the file."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.casefiles.models.guards import never_changed, never_deleted


class Direction(models.TextChoices):
    """Whether a document came in, went out or was drawn up."""

    IN = "in", pgettext_lazy("direction of a document", "Received")
    OUT = "out", pgettext_lazy("direction of a document", "Sent")
    DRAWN_UP = "drawn_up", pgettext_lazy("direction of a document", "Drawn up")


class DocumentKind(models.TextChoices):
    """What sort of document it is."""

    LETTER = "letter", _("Letter")
    MAIL = "mail", _("Mail")
    FILE_NOTE = "file_note", _("File note")
    PROTOCOL = "protocol", _("Protocol")
    AUTHORIZATION = "authorization", _("Authorization")
    DECISION = "decision", _("Decision")
    OTHER = "other", _("Other document")


class Channel(models.TextChoices):
    """By which way it came or went."""

    SYSTEM = "system", _("In the system")
    MAIL = "mail", _("By mail")
    POST = "post", _("By post, on paper")
    PHONE = "phone", _("By telephone")
    VISIT = "visit", _("At a visit")


class Document(models.Model):
    """One document. Never deleted; what it says is never changed, its secrecy mark by an own act alone.

    A note has words and no file; every other document has its original. What somebody said or sent outside the system
    is entered for her: `said_by`, `said_on` and `proof` tell who said it, when, and what shows that she did.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case_file = models.ForeignKey("casefiles.CaseFile", models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    direction = models.CharField(max_length=10, choices=Direction)
    kind = models.CharField(max_length=20, choices=DocumentKind, default=DocumentKind.OTHER)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.SYSTEM)
    title = models.CharField(max_length=300)
    # The day it came in, went out or was drawn up.
    on = models.DateField()
    # Who sent it or got it: one of these, or the name alone.
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="+")
    university = models.ForeignKey("registry.University", models.PROTECT, null=True, related_name="+")
    counterpart = models.CharField(max_length=300, blank=True)
    words = models.TextField(max_length=20_000, blank=True)
    file = models.ForeignKey("kernel.StoredFile", models.PROTECT, null=True, related_name="+")
    is_secret = models.BooleanField(default=False)
    secrecy_ground = models.CharField(max_length=300, blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    said_on = models.DateField(null=True)
    proof = models.CharField(max_length=300, blank=True)
    # Where it came from, as a value: "registry.authorization:<key>", "selection.round:<pk>:protocol".
    origin = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField(null=True)
    # Registered by mistake: it stands with its number, marked; the reason is in its remark.
    misregistered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["case_file_id", "number"]
        indexes = [
            models.Index(fields=["organizer", "-on"], name="document_of_organizer"),
            models.Index(fields=["registered_at"], name="document_registered"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case_file", "number"], name="document_number_once"),
            models.UniqueConstraint(fields=["origin"], name="document_of_origin_once", condition=~models.Q(origin="")),
            models.CheckConstraint(
                condition=models.Q(is_secret=False) | ~models.Q(secrecy_ground=""), name="secrecy_has_a_ground"
            ),
        ]
        triggers = [
            *never_deleted("documents"),
            # All but the title, the secrecy mark and the mark of a wrong entry, which have operations of their own.
            never_changed(
                "documents",
                "key",
                "case_file",
                "number",
                "direction",
                "kind",
                "channel",
                "on",
                "person",
                "organizer",
                "university",
                "counterpart",
                "words",
                "file",
                "said_by",
                "said_on",
                "proof",
                "origin",
                "registered_at",
                "registered_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_file_id}-{self.number}"
