"""Named lists: who is on them is said row by row, not found by a rule."""

import uuid

from django.db import models
from django.db.models import Q


class NamedList(models.Model):
    """A list of people, organizations and addresses under a name."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    # What it is for, and so how long its addresses may be kept.
    purpose = models.CharField(max_length=500)
    # The day it is looked through: what nobody has said yes to by then is emptied.
    review_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ListRow(models.Model):
    """One on a list: a person, an organizer (its official address), or a bare address with a name."""

    list = models.ForeignKey("letters.NamedList", models.CASCADE, related_name="rows")
    person = models.ForeignKey("accounts.Person", models.CASCADE, null=True, related_name="+")
    organizer = models.ForeignKey("registry.Organizer", models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "person"], name="on_list_once", condition=Q(person__isnull=False)),
            models.UniqueConstraint(
                fields=["list", "organizer"], name="organizer_on_list_once", condition=Q(organizer__isnull=False)
            ),
            models.UniqueConstraint(fields=["list", "address"], name="address_on_list_once", condition=~Q(address="")),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.pk}"
