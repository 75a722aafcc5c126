"""Addresses that mail does not reach, in words for the people whose addresses they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.post.models import AddressTrouble
from samspel.post.rules.bounces import SOFT_DAYS, SOFT_IS_HARD_AT
from samspel.post.rules.headers import folded


@dataclass(frozen=True)
class TroubleInWords:
    """What is wrong with an address: a sentence to act on, since when, and the code behind it."""

    sentence: Any
    since: datetime
    code: str

    def __str__(self) -> str:
        return str(self.sentence)


def troubled(addresses: Iterable[str], at: datetime | None = None) -> dict[str, TroubleInWords]:
    """Of these addresses those that mail does not reach, as they were given, in one query."""
    by_folded = {folded(address): address for address in addresses if address}
    rows = in_trouble(at or timezone.now()).filter(address__in=by_folded)
    return {by_folded[row.address]: in_words(row) for row in rows}


def in_trouble(at: datetime) -> QuerySet[AddressTrouble]:
    """Gone for good; or refused for now so often, so lately, that it counts the same."""
    lately = at - timedelta(days=SOFT_DAYS)
    return AddressTrouble.objects.filter(
        Q(hard_at__isnull=False) | Q(soft_count__gte=SOFT_IS_HARD_AT, soft_at__gte=lately)
    ).order_by("address")


def in_words(trouble: AddressTrouble) -> TroubleInWords:
    """What is wrong, and what to do."""
    if trouble.hard_at is not None:
        sentence = _(
            "Mail to this address comes back: there is nobody there. Change the address, or say that it works."
        )
        return TroubleInWords(sentence, trouble.hard_at, trouble.because)
    sentence = _("Mail to this address has come back several times lately. Ask whether it is right, or full.")
    assert trouble.soft_at is not None
    return TroubleInWords(sentence, trouble.soft_at, trouble.because)
