"""Promises: what is owed, by whom, and what is late."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.accounts.models import Person
from samspel.accounts.queries.handed import Due, ToDo, deed_in_words
from samspel.letters import permissions
from samspel.letters.models import Promise, PromiseState

KIND = "letters.promise"
# How long before its day a promise stands in Att göra.
BEFORE = timedelta(days=14)


def seen_by(person: Any, at: datetime) -> QuerySet[Promise]:
    """Those a person may see: all for who keeps letters at the agency, and what she herself owes."""
    found = Promise.objects.select_related("owner")
    return found if permissions.TABLE.allows(person, permissions.SEE, at) else found.filter(owner=person.pk)


def open_ones(promises: QuerySet[Promise]) -> QuerySet[Promise]:
    """What is still to come, soonest first: what is late stands first."""
    return promises.filter(state=PromiseState.OPEN).order_by("due_on", "pk")


def overdue(promises: QuerySet[Promise], today: date) -> QuerySet[Promise]:
    """What should have come before today."""
    return open_ones(promises).filter(due_on__lt=today)


def ended(promises: QuerySet[Promise]) -> QuerySet[Promise]:
    """What has come or will not, newest first."""
    return promises.exclude(state=PromiseState.OPEN).order_by("-ended_at", "-pk")


def of(about: str) -> QuerySet[Promise]:
    """What is promised about one thing, soonest first."""
    return Promise.objects.filter(about=about).select_related("owner").order_by("due_on", "pk")


def to_do(person: Person, at: datetime) -> Iterator[ToDo]:
    """What she owes and is due within two weeks, or late."""
    today = timezone.localdate(at)
    for promise in open_ones(Promise.objects.filter(owner=person, due_on__lte=today + BEFORE))[:50]:
        is_late = promise.due_on < today
        yield ToDo(
            title=_("Fill in: %(words)s") % {"words": promise.words_sv},
            address=reverse("letters:promise", args=[promise.key]),
            because=_("It should have come, and people wait for it.") if is_late else _("You have promised it."),
            due_on=promise.due_on,
        )


def due_between(first: date, last: date, at: datetime) -> Iterator[Due]:
    """Open promises whose day lies there: what reminders are made of."""
    return _dues(Promise.objects.filter(state=PromiseState.OPEN, due_on__range=(first, last)))


def due_now(keys: Collection[str], at: datetime, *, lock: bool = False) -> Iterator[Due]:
    """Of these, those still open; locked until the transaction ends, where that is asked for."""
    rows = Promise.objects.filter(
        state=PromiseState.OPEN, key__in=[key.removeprefix(f"{KIND}:") for key in keys]
    ).order_by("pk")
    return _dues(rows.select_for_update(of=("self",)) if lock else rows)


def _dues(promises: Iterable[Promise]) -> Iterator[Due]:
    for promise in promises:
        yield Due(
            kind=KIND,
            key=f"{KIND}:{promise.key}",
            deed=deed_in_words(gettext_lazy("Fill in: %(words)s"), words=promise.words_sv),
            due_on=promise.due_on,
            address=reverse("letters:promise", args=[promise.key]),
            people=frozenset({promise.owner_id}),
        )
