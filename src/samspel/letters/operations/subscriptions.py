"""Who says no to news gets no more, and may say yes again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from samspel.kernel.audit import SYSTEM, record
from samspel.letters.models import Recipient, Unsubscribed
from samspel.letters.queries import unsubscribing

ONE_CLICK: Final = "one_click"
PAGE: Final = "page"


@transaction.atomic
def unsubscribe(*, recipient: Recipient, from_all: bool, way: str, at: datetime) -> bool:
    """No more news of the letter's scheme to this address, or of anything. False where its address is forgotten.

    Whoever holds the token acts, logged in or not; the same again changes nothing.
    """
    address = unsubscribing.address_meant(recipient)
    if not address:
        return False
    scheme = None if from_all else recipient.letter.scheme
    _row, is_new = Unsubscribed.objects.get_or_create(address=address, scheme=scheme, defaults={"at": at, "way": way})
    if is_new:
        record(
            action="letters.news.unsubscribed",
            on=recipient.letter,
            by=SYSTEM,
            at=at,
            way=way,
            scheme=scheme.pk if scheme else None,
        )
    return True


@transaction.atomic
def subscribe_again(*, recipient: Recipient, at: datetime) -> bool:
    """News as before. False where there is nothing to take away."""
    scheme = recipient.letter.scheme
    rows = Unsubscribed.objects.filter(address=unsubscribing.address_meant(recipient))
    gone, _each = (rows.filter(scheme=None) | rows.filter(scheme=scheme)).delete()
    if gone:
        record(action="letters.news.subscribed_again", on=recipient.letter, by=SYSTEM, at=at)
    return bool(gone)


def is_unsubscribed(recipient: Recipient) -> bool:
    """Whether this address gets no more of what the letter was about."""
    rows = Unsubscribed.objects.filter(address=unsubscribing.address_meant(recipient))
    return (rows.filter(scheme=None) | rows.filter(scheme=recipient.letter.scheme)).exists()
