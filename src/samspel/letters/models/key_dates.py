"""Key dates: what a letter announces and what may move; shown as it stands now wherever it is shown."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeyDateState(models.TextChoices):
    """How sure it is."""

    PRELIMINARY = "preliminary", _("Preliminary")
    DECIDED = "decided", _("Decided")
    CANCELLED = "cancelled", _("Cancelled")


class KeyDate(models.Model):
    """A date to hold: a title, when, where. `ends_at` None: no end is said."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title_sv = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    # Nothing but the day is said.
    is_whole_day = models.BooleanField(default=False)
    place_sv = models.CharField(max_length=300, blank=True)
    place_en = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=KeyDateState, default=KeyDateState.DECIDED)
    owner = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return self.title_sv


class KeyDateChange(models.Model):
    """What a key date was before a change, so that a letter can say what is new since it was sent."""

    date = models.ForeignKey("letters.KeyDate", models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    before = models.JSONField()
    # Whether those who were sent a letter that shows it are to be told of it.
    is_told = models.BooleanField(default=True)
    # The mailing that told those concerned, if anybody was told.
    mailing_key = models.UUIDField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.date_id} {self.at:%Y-%m-%d}"
