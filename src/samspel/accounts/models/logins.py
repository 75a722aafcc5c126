"""What must be remembered of logins so that no answer lets in twice."""

from django.db import models


class AssertionSeen(models.Model):
    """A SAML answer that was taken: a digest of its id, kept until the answer would be too old anyway."""

    digest = models.CharField(max_length=64, unique=True)
    good_until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest
