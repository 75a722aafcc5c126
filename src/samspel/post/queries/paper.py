"""Letters that wait to be printed: those whom no mail reaches but the post does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import ngettext

from samspel.post.models import Mailing, Message, MessageState
from samspel.post.queries.health import Trouble

# Letters in one file; the rest come when these are posted.
AT_ONCE = 500
PRINTED_WITHIN = timedelta(days=3)


@dataclass(frozen=True)
class Pile:
    """Letters that are printed together: those of a mailing, or those of a day.

    number: how many wait in all. up_to: the last letter that goes in the file.
    """

    key: str
    title: str
    number: int
    on: date
    up_to: int


def waiting() -> QuerySet[Message]:
    """Letters not yet posted, oldest first."""
    return Message.objects.filter(state=MessageState.PAPER).order_by("id")


def piles() -> list[Pile]:
    """What there is to print, oldest first, in three queries and one for each pile too high for one file."""
    counts = {"number": Count("id"), "up_to": Max("id")}
    by_mailing = waiting().filter(mailing__isnull=False).order_by().values("mailing")
    rows = list(by_mailing.annotate(on=TruncDate(Min("written_at")), **counts))
    mailings = Mailing.objects.in_bulk([row["mailing"] for row in rows])
    by_day = waiting().filter(mailing__isnull=True).order_by().annotate(on=TruncDate("written_at")).values("on")
    found = [_pile(mailings[row["mailing"]].key, mailings[row["mailing"]].title, row) for row in rows]
    found += [_pile(row["on"], "", row) for row in by_day.annotate(**counts)]
    return sorted(found, key=lambda pile: (pile.on, pile.key))


def _pile(key: UUID | date, title: str, row: dict[str, Any]) -> Pile:
    up_to = row["up_to"] if row["number"] <= AT_ONCE else last_of(key)
    return Pile(str(key), title, row["number"], row["on"], up_to)


def letters(key: UUID | date) -> QuerySet[Message]:
    """The letters of a pile that go in one file, oldest first: a mailing's by its key, the others by their day."""
    if isinstance(key, UUID):
        found = waiting().filter(mailing__key=key)
    else:
        found = waiting().annotate(on=TruncDate("written_at")).filter(mailing__isnull=True, on=key)
    return found.select_related("sender")[:AT_ONCE]


def last_of(key: UUID | date) -> int:
    """The number of the last letter that goes in the file; 0 if there is none."""
    found = letters(key).values("id")
    return Message.objects.filter(id__in=found).aggregate(last=Max("id"))["last"] or 0


def find_letters(at: datetime) -> Iterator[Trouble]:
    """Letters that nobody has printed for three days."""
    late = waiting().filter(written_at__lt=at - PRINTED_WITHIN).order_by()
    found = late.aggregate(number=Count("id"), since=Min("written_at"))
    if number := found["number"]:
        said = ngettext(
            "%(number)s letter on paper waits to be printed and posted.",
            "%(number)s letters on paper wait to be printed and posted.",
            number,
        )
        yield Trouble("paper", said % {"number": number}, number, found["since"], reverse("post:paper"))
