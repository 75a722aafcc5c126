"""Imports: batches of official files, whole or not at all, and withdrawable."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """Where an import stands."""

    PROPOSED = "proposed", _("Dry run: nothing changed yet")
    APPLIED = "applied", _("Imported")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCARDED = "discarded", _("Discarded")


class ImportBatch(models.Model):
    """One import of one or more files."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.PROPOSED)
    # Null is the system itself (the demo and upkeep import as the system).
    started_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="imports")
    started_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # What the dry run found: counts of new, changed, gone and unchanged by kind of row.
    difference = models.JSONField(default=dict)
    # The cleaned rows of a dry run, until it is applied or discarded. Never the file itself: it may carry names.
    cleaned = models.BinaryField(null=True)
    # What the import changed in the register of organizers and units, as it stood before: for its withdrawal.
    undo = models.BinaryField(null=True)
    # The day that a register file shows (such files do not say so themselves).
    register_as_of = models.DateField(null=True)

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"import {self.key} {self.state}"


class ImportedFile(models.Model):
    """A file of an import: its name, digest and what was read. The file itself is not kept."""

    batch = models.ForeignKey("registry.ImportBatch", models.CASCADE, related_name="files")
    name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField()
    values_read = models.PositiveIntegerField()
    marks = models.JSONField(default=dict)
    skipped = models.JSONField(default=dict)
    # The day the publisher took the figures out (`Valt uttag`), else the day of the import.
    extracted_on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
