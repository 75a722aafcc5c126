"""A letter: written in two languages, approved by another, sent once to recipients that are frozen at that moment."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.letters.models.guards import append_only


class LetterKind(models.TextChoices):
    """Why it is sent: news can be unsubscribed from, what comes with a task cannot and says why it came."""

    DUTY = "duty", _("About a task")
    NEWS = "news", _("News")


class LetterState(models.TextChoices):
    """Where a letter stands. SENT begins when the recipients are frozen; how far the mail has come is post's to say."""

    DRAFT = "draft", _("Draft")
    FOR_APPROVAL = "for_approval", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    PLANNED = "planned", pgettext_lazy("letter", "Planned")
    SENT = "sent", _("Sent")
    WITHDRAWN = "withdrawn", _("Not to be sent")


class Letter(models.Model):
    """One letter and the one time it is sent.

    `body` is the document (rules.documents): subject, blocks, signers, in Swedish and English. `audience` says who gets
    it (rules.audiences); of a correction it is whoever got the first. `revision` rises with each change; what was
    approved is known by its digest, so that nothing is changed after somebody has said yes.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Where it stands in the archive; set when it is sent.
    slug = models.SlugField(max_length=120, null=True, unique=True)
    kind = models.CharField(max_length=10, choices=LetterKind, default=LetterKind.DUTY)
    scheme = models.ForeignKey("schemes.Scheme", models.PROTECT, null=True, related_name="letters")
    case_file = models.ForeignKey("casefiles.CaseFile", models.PROTECT, null=True, related_name="letters")
    # As whom it goes out; None is the agency itself. Answers go to the sender's reply address, or to this one.
    sender = models.ForeignKey("post.Sender", models.PROTECT, null=True, related_name="letters")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    # Whether everybody may read it in the archive once it is sent.
    is_public = models.BooleanField(default=True)
    body = models.JSONField(default=dict)
    audience = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=LetterState, default=LetterState.DRAFT)
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.UUIDField(null=True)
    # By whom approval was refused, and what she asked to have changed.
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.UUIDField(null=True)
    sent_back_because = models.TextField(max_length=2_000, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    # Of body, audience, kind and sender as they were when somebody approved.
    approved_digest = models.CharField(max_length=64, blank=True)
    planned_for = models.DateTimeField(null=True)
    planned_by = models.UUIDField(null=True)
    # Keys of those it would have gone to when it was planned, to tell the difference when sending starts.
    planned_recipients = models.JSONField(default=list)
    # A code: why it was not sent at the moment planned, as "nobody_left".
    stopped_because = models.CharField(max_length=30, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    # The mailing in post, as a value, and how many it was meant for, counted apart from the rows.
    mailing_key = models.UUIDField(null=True, unique=True)
    expected = models.PositiveIntegerField(null=True)
    # Who came and went between planning and sending: {"added": [...], "gone": [...]} of recipient keys.
    difference = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    # As registered in the case file.
    document = models.ForeignKey("casefiles.Document", models.PROTECT, null=True, related_name="letters")

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["-sent_at"], name="letter_archive", condition=Q(state="sent")),
            models.Index(fields=["planned_for"], name="letter_due", condition=Q(state="planned")),
        ]

    def __str__(self) -> str:
        return str(self.key)


class LetterRevision(models.Model):
    """What a letter said at a revision, so that nothing written is lost."""

    letter = models.ForeignKey("letters.Letter", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    audience = models.JSONField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="letter_revision_once")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.number}"


class Picture(models.Model):
    """A picture of a letter, made small enough for mail; its words stand in the document's block."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey("letters.Letter", models.CASCADE, related_name="pictures")
    file = models.ForeignKey("kernel.StoredFile", models.PROTECT, related_name="+")
    # In pixels.
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.key)


class Frozen(models.Model):
    """A letter in one language as it was sent: its words, its web page, its mail, and the figures in it."""

    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="frozen")
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=300)
    # The document with figures put in; dates and promises still stand by reference, and with their words as then.
    body = models.JSONField()
    web_html = models.TextField()
    mail_html = models.TextField()
    mail_text = models.TextField()
    # [{"name", "value", "as_of", "source", "shown"}]
    figures = models.JSONField(default=list)
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "language"], name="frozen_once")]
        triggers = [append_only("frozen_append_only")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.language}"


class LinkCheck(models.Model):
    """What came of trying a link of a letter."""

    letter = models.ForeignKey("letters.Letter", models.CASCADE, related_name="link_checks")
    address = models.CharField(max_length=2000)
    # "works", "dead", "slow", "not_tried" (an address that is not tried from here), with the answer's status if any.
    outcome = models.CharField(max_length=12)
    status = models.PositiveSmallIntegerField(null=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "address"], name="link_check_once")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.outcome}"
