"""Forget somebody as a receiver: to whom messages went, before their own time is over."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from samspel.post.models import AddressTrouble, Message, MessageState

# A message on its way still needs its address; it forgets it in its own time.
_UNDER_WAY: Final = (MessageState.WAITING, MessageState.SENDING)


@transaction.atomic
def forget_person(*, key: UUID, address: str) -> int:
    """Address, name, key and words go from every ended message to her; kind, moments and outcome stay.

    What is known of her address goes too. Returns how many messages.
    """
    AddressTrouble.objects.filter(address=address).delete()
    to_her = Message.objects.filter(Q(to_key=key) | Q(to_address=address)).exclude(state__in=_UNDER_WAY)
    return to_her.update(
        to_address="",
        to_name="",
        to_key=None,
        domain="",
        postal_address="",
        body="",
        body_html="",
        reply_to="",
        unsubscribe_url="",
        forget_at=None,
    )
