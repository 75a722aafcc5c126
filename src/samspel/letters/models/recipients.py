"""Recipients of a letter, frozen when sending starts."""

from django.db import models
from django.db.models import Q


class Recipient(models.Model):
    """One who was sent a letter: a person, an organization's official address, or a bare address of a named list.

    `reasons` says why, for her and for the audit: [{"role": "coordinator", "place": "organizer:17"}].
    """

    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="recipients")
    person = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="+")
    university = models.ForeignKey("registry.University", models.PROTECT, null=True, related_name="+")
    # Empty once forgotten; empty from the start where paper goes instead.
    address = models.EmailField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="sv")
    reasons = models.JSONField(default=list)
    # Post's message, as a value.
    message_key = models.UUIDField(null=True, unique=True)
    forget_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["person"], name="recipient_person", condition=Q(person__isnull=False)),
            models.Index(fields=["organizer"], name="recipient_organizer", condition=Q(organizer__isnull=False)),
            models.Index(fields=["forget_at"], name="recipient_forget", condition=Q(forget_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["letter", "address"], name="recipient_once", condition=~Q(address=""))
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.pk}"
