"""Dates of rounds that are on their way: the next step is somebody's, and the offers are to be out by a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspel.accounts.queries import Due, DueSource, deed_in_words
from samspel.registry.queries.doing import at_agency
from samspel.selection import permissions
from samspel.selection.models import Round
from samspel.selection.queries.rounds import unfinished
from samspel.selection.queries.steps import next_step_for

KIND: Final = "selection.round"


def between(first: date, last: date, at: datetime) -> Iterable[Due]:
    """Rounds that are to be published in these days. Four queries."""
    return list(_dues(Round.objects.filter(publish_by__range=(first, last)), at))


def now(keys: Collection[str], at: datetime, *, lock: bool = False) -> Iterable[Due]:
    """Those of these keys that are still on their way."""
    rounds = Round.objects.filter(pk__in=[key.partition(":")[2] for key in keys]).exclude(publish_by=None)
    return list(_dues(rounds.select_for_update(of=("self",)) if lock else rounds, at))


def _dues(rounds: QuerySet[Round], at: datetime) -> Iterator[Due]:
    found = list(unfinished(rounds).order_by("pk"))
    people = [one for one in at_agency(at) if permissions.may_see_drafts(one, at)] if found else []
    for round in found:
        hers = frozenset(one.pk for one in people if next_step_for(round, one, at)[1])
        assert round.publish_by is not None
        yield Due(
            kind=KIND,
            key=f"{KIND}:{round.pk}",
            deed=deed_in_words(_("Take the next step of %(round)s"), round=round.title),
            due_on=round.publish_by,
            address=reverse("selection:detail", args=[round.slug]),
            people=hers,
        )


SOURCE: Final = DueSource(KIND, _("Rounds to bring forward"), between, now)
