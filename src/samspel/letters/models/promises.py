"""Promises: what has been said to come later, by whom it is owed, and when."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PromiseKind(models.TextChoices):
    """What is to come."""

    VENUE = "venue", _("Venue")
    LINK = "link", _("Link")
    PROGRAMME = "programme", _("Programme")
    INVITED = "invited", _("Who is invited")
    TEXT = "text", _("Text")
    OTHER = "other", _("Something else")


class PromiseState(models.TextChoices):
    """Where it stands."""

    OPEN = "open", _("To come")
    FILLED = "filled", _("Has come")
    DROPPED = "dropped", _("Will not come")


class Promise(models.Model):
    """A field or text that is promised for later.

    `about` is what it belongs to, as a value ("letters.letter:<key>", "events.event:<key>"): the app that owns that
    hands down who is concerned (queries.handed.concerned).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    about = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=10, choices=PromiseKind)
    # What is said until it comes: "More information comes through the network leaders."
    words_sv = models.CharField(max_length=500)
    words_en = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey("accounts.Person", models.PROTECT, related_name="promises")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=PromiseState, default=PromiseState.OPEN)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    filled_sv = models.TextField(max_length=5_000, blank=True)
    filled_en = models.TextField(max_length=5_000, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    # Why it will not come, if so.
    reason = models.CharField(max_length=500, blank=True)
    mailing_key = models.UUIDField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], name="promise_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.words_sv
