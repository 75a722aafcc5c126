"""Who does not want news any more."""

from django.db import models


class Unsubscribed(models.Model):
    """An address that gets no news of a scheme (or of any: `scheme` None). What comes with a task is not touched."""

    # Folded as post does it.
    address = models.EmailField()
    scheme = models.ForeignKey("schemes.Scheme", models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    # "one_click" (the mail program's own button), "page", "staff".
    way = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "scheme"], name="unsubscribed_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.way}"
