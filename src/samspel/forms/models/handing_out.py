"""Handing out: one deed by which many get a form, carried out lot by lot, and what became of each receiver."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HandOutState(models.TextChoices):
    """How far a handing-out has come."""

    HANDING = "handing", _("Being handed out")
    DONE = "done", pgettext_lazy("of a form", "Handed out")
    WITHDRAWING = "withdrawing", _("Being withdrawn")
    WITHDRAWN = "withdrawn", _("No longer asked for")


class HandOut(models.Model):
    """A form handed out to many at once. `key` comes from the page, so that the same page sent twice does it once."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey("forms.Version", models.PROTECT, related_name="hand_outs")
    due_on = models.DateField()
    about = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=HandOutState, default=HandOutState.HANDING)
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_because = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return str(self.key)


class HandOutReceiver(models.Model):
    """One to whom a form is handed out: done when `done_at` is set, with who was left out there, and why.

    left: [{"unit": school unit's primary key or None, "why": "nobody_there" | "open_already" | "without_submitter"}].
    """

    hand_out = models.ForeignKey("forms.HandOut", models.CASCADE, related_name="receivers")
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="+")
    university = models.ForeignKey("registry.University", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    left = models.JSONField(default=list)

    class Meta:
        ordering = ["hand_out_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hand_out", "organizer", "university"], name="hand_out_receiver_once", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(fields=["hand_out"], name="hand_out_receivers_left", condition=models.Q(done_at=None)),
        ]
