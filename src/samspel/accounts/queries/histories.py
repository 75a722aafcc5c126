"""What has happened with a person's row, and with those merged into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import ngettext

from samspel.accounts.models import Person
from samspel.kernel.audit import HistoryRow, history_of
from samspel.kernel.audit.models import AuditEntry

MOST = 200
# Half an hour of looking writes down hundreds of these: told as one row for each look.
PAGE_SEEN: Final = "accounts.look.page_seen"


def history_of_person(person: Person) -> list[HistoryRow]:
    """The latest MOST entries of all her rows, newest first, in three queries; pages looked at are told together."""
    rows = [person.pk, *person.merged.values_list("pk", flat=True)]
    about = Q(subject_type=Person._meta.label_lower, subject_key__in=[str(pk) for pk in rows])
    entries = AuditEntry.objects.filter(about).order_by("-id")
    latest = list(entries.exclude(action=PAGE_SEEN)[:MOST])
    since = latest[-1].pk if latest else 0
    pages = entries.filter(action=PAGE_SEEN, pk__gt=since)
    together = sorted([*latest, *pages], key=lambda entry: entry.pk)
    return list(folded(history_of(person, entries=together)))


def folded(rows: Iterable[HistoryRow]) -> Iterator[HistoryRow]:
    """Pages that one administrator looked at in a row as one, at the moment of the latest, with `pages` as a fact."""
    for (action, _by), group in groupby(rows, key=_sort):
        same = list(group)
        if action == PAGE_SEEN:
            yield replace(same[0], label=_pages(len(same)), facts={"pages": len(same)})
        else:
            yield from same


def _sort(row: HistoryRow) -> tuple[str, Any]:
    return row.action, row.by_key


def _pages(number: int) -> str:
    told = ngettext(
        "%(number)s page was looked at as this person", "%(number)s pages were looked at as this person", number
    )
    return told % {"number": number}
