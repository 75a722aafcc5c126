"""Who takes part in an answer: by which deed, who is here now, what they say beside it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParticipantDeed(models.TextChoices):
    """What a participant does. Who submits may also write; all may read and, save readers, comment."""

    WRITE = "write", _("Writes")
    COMMENT = "comment", _("Comments")
    SUBMIT = "submit", _("Writes and submits")
    READ = "read", _("Reads")


class Participant(models.Model):
    """A person's deed in an answer, from one day to another (both counted; no last day: until further notice).

    Written by higher apps' operations, or by those who submit. `source` says by what ("collaborations.case:<key>");
    empty: by hand.
    """

    answer = models.ForeignKey("forms.Answer", models.CASCADE, related_name="participants")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="form_participations")
    deed = models.CharField(max_length=8, choices=ParticipantDeed)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    # In what role, as told to the others: a role's code (registry.Role), or empty.
    role = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["answer_id", "pk"]
        indexes = [models.Index(fields=["person", "from_on"], name="participations_of")]
        constraints = [
            models.UniqueConstraint(fields=["answer", "person", "deed", "from_on"], name="participant_once"),
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")), name="participant_days"
            ),
        ]


class Presence(models.Model):
    """That somebody has a section open just now. Old rows mean nothing and are swept away."""

    answer = models.ForeignKey("forms.Answer", models.CASCADE, related_name="presences")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    section = models.CharField(max_length=60, blank=True)
    # The field she is in, by path; empty if none.
    path = models.CharField(max_length=140, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "person"], name="presence_once")]


class Comment(models.Model):
    """Something said beside a section, or one of its questions."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.ForeignKey("forms.Answer", models.CASCADE, related_name="comments")
    section = models.CharField(max_length=60)
    question = models.CharField(max_length=60, blank=True)
    words = models.TextField(max_length=4000)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["answer_id", "said_at", "pk"]


class DifferingView(models.Model):
    """What a participant sees otherwise; it stands on the answer beside what was submitted."""

    answer = models.ForeignKey("forms.Answer", models.CASCADE, related_name="differing_views")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    words = models.TextField(max_length=4000)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["answer_id", "said_at", "pk"]
