"""What has been written to somebody, and whether mail reaches her."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from samspel.post.models import AddressTrouble, Message


def messages_to(keys: Iterable[UUID], address: str = "") -> QuerySet[Message]:
    """Messages to a person by her keys, and to her address, newest first."""
    to_her = Q(to_key__in=list(keys))
    if address:
        to_her |= Q(to_address=address, to_key__isnull=True)
    return Message.objects.filter(to_her).order_by("-written_at", "-id")


def bouncing_addresses() -> QuerySet[AddressTrouble]:
    """Addresses that mail does not reach: a hard bounce that nobody has cleared."""
    return AddressTrouble.objects.filter(hard_at__isnull=False)
