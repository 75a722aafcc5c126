"""Answers to a form: one is written together, submitted, frozen, and opened again by a decision alone."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspel.forms.models.guards import append_only, frozen_when_submitted


class AnswerState(models.TextChoices):
    """Where an answer stands."""

    WRITING = "writing", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("No longer asked for")


class SectionStatus(models.TextChoices):
    """How far a section has come, as those who write say."""

    NOT_STARTED = "not_started", _("Not started")
    WRITING = "writing", _("Being written")
    READY = "ready", _("Ready")


class Answer(models.Model):
    """One answer, pinned to a version of its definition.

    What it is about is one of organizer, school unit, university and person, or nothing. `owner` is what it belongs to
    in a higher app, as a value ("collaborations.case:<key>"). `revision` rises by one with each save; a field keeps the
    revision it was last changed in, so that whoever wrote from an older one can be told.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey("forms.Version", models.PROTECT, related_name="answers")
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="form_answers")
    school_unit = models.ForeignKey("registry.SchoolUnit", models.PROTECT, null=True, related_name="form_answers")
    university = models.ForeignKey("registry.University", models.PROTECT, null=True, related_name="form_answers")
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="form_answers")
    owner = models.CharField(max_length=200, blank=True, db_index=True)
    # What tells it from other answers to the same form: a school unit kept elsewhere, a year, "autumn 2026".
    about = models.CharField(max_length=200, blank=True)
    # By which handing-out it came, if by one.
    hand_out = models.ForeignKey("forms.HandOut", models.PROTECT, null=True, related_name="answers")
    state = models.CharField(max_length=10, choices=AnswerState, default=AnswerState.WRITING)
    # Of a test recipient: counted nowhere, sent to no one.
    is_test = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    revision = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField(null=True)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_because = models.TextField(max_length=2000, blank=True)
    # When those who take part were told that what nobody goes on with is to be deleted.
    warned_at = models.DateTimeField(null=True)
    # The day its personal data are deleted, counted from submission by the version; None while there is none.
    forget_on = models.DateField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]
        indexes = [
            models.Index(fields=["organizer", "-begun_at"], name="answer_of_organizer"),
            models.Index(fields=["forget_on"], name="answer_to_forget", condition=models.Q(forgotten_at=None)),
        ]
        constraints = [
            # A handing-out that is carried out once more begins nothing twice.
            models.UniqueConstraint(
                fields=["hand_out", "organizer", "school_unit", "university"],
                name="answer_of_hand_out_once",
                condition=models.Q(hand_out__isnull=False),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class SectionMark(models.Model):
    """A section of an answer: how far it is, and who has it."""

    answer = models.ForeignKey("forms.Answer", models.CASCADE, related_name="marks")
    section = models.CharField(max_length=60)
    status = models.CharField(max_length=12, choices=SectionStatus, default=SectionStatus.NOT_STARTED)
    given_to = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "section"], name="section_mark_once")]


class Submission(models.Model):
    """What was submitted, frozen: every value as it stood, who took part, and the document it became."""

    answer = models.ForeignKey("forms.Answer", models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    # Path to kept value, all of them.
    values = models.JSONField()
    # Keys of persons who wrote, and revision it stood at.
    took_part = models.JSONField(default=list)
    revision = models.BigIntegerField()
    # SHA-256 of version digest and values.
    digest = models.CharField(max_length=64)
    # Places that looked like personal data and that the writer chose to keep: [{"path", "kind"}].
    kept_findings = models.JSONField(default=list)
    submitted_at = models.DateTimeField()
    submitted_by = models.UUIDField()
    # As tagged PDF/A, when it is made.
    file = models.ForeignKey("kernel.StoredFile", models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey("casefiles.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["answer_id", "number"]
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="submission_number_once")]
        triggers = [frozen_when_submitted("submissions")]


class Reopening(models.Model):
    """A decision that a submitted answer is opened again, with its reason."""

    answer = models.ForeignKey("forms.Answer", models.PROTECT, related_name="reopenings")
    reason = models.TextField(max_length=2000)
    due_on = models.DateField(null=True)
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()

    class Meta:
        ordering = ["answer_id", "decided_at"]
        triggers = append_only("reopenings")
