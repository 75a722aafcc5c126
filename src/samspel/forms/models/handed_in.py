"""Filled PDF forms that came back. What was handed out says itself what it was: a signed token stands in the file."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class HandedInBy(models.TextChoices):
    """By which way a filled PDF came."""

    UPLOAD = "upload", _("Uploaded")
    MAIL = "mail", _("By mail")


class HandedInState(models.TextChoices):
    """What became of a filled PDF."""

    WAITING = "waiting", _("To go through")
    DONE = "done", _("Gone through")
    DROPPED = "dropped", _("Put away")


class HandedIn(models.Model):
    """A filled PDF that was read: its original bytes, and what each field said."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.ForeignKey("forms.Answer", models.PROTECT, related_name="handed_in")
    # The answer's revision that the file was filled from, as its token says.
    base = models.BigIntegerField(default=0)
    file = models.ForeignKey("kernel.StoredFile", models.PROTECT, related_name="+")
    document = models.ForeignKey("casefiles.Document", models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=8, choices=HandedInBy, default=HandedInBy.UPLOAD)
    # Where a mailed one came from, as a value ("casefiles.question:<key>:<number>").
    origin = models.CharField(max_length=200, blank=True)
    # Path to {"typed": text as it stood, "value": as kept, "fault": code or ""}.
    read = models.JSONField()
    state = models.CharField(max_length=8, choices=HandedInState, default=HandedInState.WAITING)
    # Path to "accepted" or "refused", as decided so far.
    decided = models.JSONField(default=dict)
    came_at = models.DateTimeField()
    came_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["answer_id", "came_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["origin"], condition=~models.Q(origin=""), name="handed_in_once")
        ]
