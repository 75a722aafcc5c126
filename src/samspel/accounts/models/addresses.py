"""A mail address that somebody has asked to be known by, until she has shown that it is hers."""

from django.db import models


class AddressChange(models.Model):
    """One open change for a person: the code went to the new address. The row is gone once it is used, or too old."""

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="address_change")
    new_email = models.EmailField()
    # A keyed digest of the code: who reads the database cannot use it.
    code_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    good_until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d %H:%M}"
