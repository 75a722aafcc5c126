"""Offers: what an accepted round gives, and how it was answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.selection.models.guards import never_emptied


class OfferKind(models.TextChoices):
    """How it came to be made."""

    SELECTED = "selected", _("Selected")
    # From the reserve list, when somebody of the N declined (never in a pair round).
    RESERVE = "reserve", _("From the reserve list")
    # From the further pairs, in the order of the draw.
    FURTHER = "further", _("Further offer")


class Response(models.TextChoices):
    """The organizer's answer, recorded by an officer for now."""

    NONE = "none", _("No answer yet")
    ACCEPTED = "accepted", pgettext_lazy("answer to an offer", "Accepted")
    DECLINED = "declined", pgettext_lazy("answer to an offer", "Declined")


class Offer(models.Model):
    """One organizer offered the scheme's support by one round."""

    round = models.ForeignKey("selection.Round", models.PROTECT, related_name="offers")
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, related_name="offers")
    kind = models.CharField(max_length=10, choices=OfferKind, default=OfferKind.SELECTED)
    order = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    response = models.CharField(max_length=10, choices=Response, default=Response.NONE)
    responded_on = models.DateField(null=True)
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    # The support's own time, once accepted: current until it has ended.
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["round_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organizer"], name="offer_once"),
            models.UniqueConstraint(fields=["round", "order"], name="offer_order_once"),
        ]
        triggers = [never_emptied("offers_never_emptied")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.organizer_id} {self.response}"
