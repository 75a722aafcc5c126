"""What a frozen and drawn round came to. Rows are written once."""

import pgtrigger
from django.db import models

from samspel.selection.models.guards import never_emptied


class RankedSubject(models.Model):
    """A subject of a frozen round: its score as nine-decimal parts, its rank and its stratum."""

    round = models.ForeignKey("selection.Round", models.CASCADE, related_name="ranking")
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, related_name="rankings")
    rank = models.PositiveIntegerField()
    stratum = models.CharField(max_length=120, blank=True)
    # The score in billionths: the exact sum of the parts.
    score_nano = models.BigIntegerField()
    parts = models.JSONField()

    class Meta:
        ordering = ["round_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organizer"], name="ranked_once"),
            models.UniqueConstraint(fields=["round", "rank"], name="rank_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="ranking_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("ranking_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.rank}"


class DrawnPair(models.Model):
    """Two alike, of whom the lot drew one; the other is the comparison."""

    round = models.ForeignKey("selection.Round", models.CASCADE, related_name="pairs")
    # The order of the draw, 1 first; the further pairs have an order of their own.
    order = models.PositiveIntegerField()
    is_further = models.BooleanField(default=False)
    stratum = models.CharField(max_length=120, blank=True)
    drawn = models.ForeignKey("registry.Organizer", models.PROTECT, related_name="+")
    compared = models.ForeignKey("registry.Organizer", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["round_id", "is_further", "order"]
        constraints = [models.UniqueConstraint(fields=["round", "is_further", "order"], name="pair_order_once")]
        triggers = [
            pgtrigger.Protect(name="pairs_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied("pairs_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.order}"
