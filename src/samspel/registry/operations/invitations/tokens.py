"""What stands in an invitation's link: made from the program's secret, so that the database alone cannot tell it."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from django.utils.crypto import salted_hmac

from samspel.registry.models import Invitation

_SALT = "samspel.registry.invitation"


def token_of(invitation: Invitation) -> str:
    """The token of an invitation as it was last sent: another day it ends, another token."""
    told = f"{invitation.key}:{invitation.email}:{invitation.expires_at.isoformat()}"
    return urlsafe_b64encode(salted_hmac(_SALT, told, algorithm="sha256").digest()).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What is kept of a token: SHA-256, hexadecimal."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
