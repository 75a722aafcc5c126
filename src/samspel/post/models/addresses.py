"""What is known of addresses and of the domains that receive: bounces and pace."""

from django.db import models


class AddressTrouble(models.Model):
    """An address that mail does not reach. Cleared when it is changed, or when a person says it works."""

    address = models.EmailField(unique=True)
    hard_at = models.DateTimeField(null=True)
    soft_at = models.DateTimeField(null=True)
    soft_count = models.PositiveIntegerField(default=0)
    # A code of ours, as `smtp-5.1.1`.
    because = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.because} {'hard' if self.hard_at else 'soft'}"


class DomainPace(models.Model):
    """When the next bulk mail to a domain may leave, so that a small mail server is not flooded.

    `next_at` is the turn itself, taken by one conditional statement when a mail leaves. `promised_at` is the end of the
    queue: a row for which there is no turn yet is put off to about there, so that nobody looks at it again before.
    """

    domain = models.CharField(max_length=255, unique=True)
    next_at = models.DateTimeField()
    promised_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.domain


class BounceSeen(models.Model):
    """A bounce already taken in, by a digest of it, so that a mailbox read twice counts once."""

    digest = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]
