"""A file as it came in: what it was called, what it is by its content, and its digest. The bytes lie in the storage."""

import uuid

from django.db import models


class Scan(models.TextChoices):
    """What the virus check said."""

    UNCHECKED = "unchecked"
    CLEAN = "clean"


class StoredFile(models.Model):
    """One original, never changed; two of the same bytes are two rows over one content."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # SHA-256 of the bytes, hexadecimal; also where they lie.
    digest = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    # By content, whatever the name says.
    media_type = models.CharField(max_length=120)
    # What the sender called it, without folders and signs that do harm.
    name = models.CharField(max_length=255)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.UNCHECKED)
    stored_at = models.DateTimeField()
    stored_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:12]}"
