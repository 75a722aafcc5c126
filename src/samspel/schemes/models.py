"""Support schemes and their editions: data that is frozen the first time it is used."""

import pgtrigger
from django.db import models


class Scheme(models.Model):
    """A support scheme under one name over the years."""

    slug = models.SlugField(max_length=60, primary_key=True)
    name_sv = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=50)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.name_sv


class Edition(models.Model):
    """How a scheme works from a day on: entry, terms, steps, roles, reports, legal basis (see rules.editions)."""

    slug = models.SlugField(max_length=80, unique=True)
    scheme = models.ForeignKey("schemes.Scheme", models.PROTECT, related_name="editions")
    valid_from = models.DateField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    # Set when something first uses it; from then on the row never changes.
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["scheme__order", "scheme_id", "-valid_from"]
        triggers = [
            pgtrigger.Protect(
                name="edition_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__frozen_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.slug
