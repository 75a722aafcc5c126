"""Passing on: what was meant to be forwarded, by whom with what greeting, and who got it when."""

import uuid

from django.db import models
from django.db.models import Q


class PassingOn(models.Model):
    """Somebody passed a letter, or the part of it meant for it, on to those she reaches, with a greeting."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="passed_on")
    # Empty: the whole letter; else the keys of its blocks, as they are marked in the letter.
    blocks = models.JSONField(default=list)
    by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    # By which handed-down right (queries.handed.passers), and for which place of hers: "organizer:17".
    passer = models.CharField(max_length=60)
    place = models.CharField(max_length=60, blank=True)
    greeting = models.TextField(max_length=2_000, blank=True)
    at = models.DateTimeField()
    mailing_key = models.UUIDField(null=True, unique=True)
    expected = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "passer", "place"], name="passed_on_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.passer}"


class PassedTo(models.Model):
    """One to whom it was passed on."""

    passing_on = models.ForeignKey("letters.PassingOn", models.CASCADE, related_name="recipients")
    person = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="+")
    address = models.EmailField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="sv")
    message_key = models.UUIDField(null=True, unique=True)
    forget_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person"], name="passed_to_person", condition=Q(person__isnull=False))]

    def __str__(self) -> str:
        return f"{self.passing_on_id} {self.pk}"
