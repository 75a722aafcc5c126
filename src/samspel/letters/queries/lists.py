"""Named lists: those in use, who is on one, and when each is to be looked through."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.accounts.models import Person
from samspel.accounts.queries.extracts import ExtractPart, Field
from samspel.accounts.queries.handed import Due, ToDo, deed_in_words
from samspel.letters import permissions
from samspel.letters.models import Letter, LetterState, ListRow, NamedList
from samspel.letters.queries.owners import owners
from samspel.post.queries.addresses import troubled

KIND: Final = "letters.list"
# How long before its day a list stands in Att göra.
BEFORE: Final = timedelta(days=30)


@dataclass(frozen=True)
class ShownRow:
    """One on a list as a page may show her: nothing of who has protected identity but that."""

    pk: int
    name: str
    address: str
    kind: Any
    trouble: str = ""


def in_use() -> QuerySet[NamedList]:
    """Lists that have not ended, by name, with how many are on each (`number`)."""
    return NamedList.objects.filter(ended_at=None).annotate(number=Count("rows"))


def rows_of(named: NamedList, at: datetime) -> list[ShownRow]:
    """Who is on a list, in the order they came there; three queries however many."""
    rows = list(named.rows.select_related("person", "organizer"))
    protected = set(
        Person.objects.filter(is_protected=True, email__in=[row.address for row in rows]).values_list(
            "email", flat=True
        )
    )
    bad = set(troubled((_address(row) for row in rows), at))
    return [_shown(row, protected, bad) for row in rows]


def used_by(named: NamedList) -> list[Letter]:
    """Letters not sent yet that name the list."""
    before = (LetterState.DRAFT, LetterState.FOR_APPROVAL, LetterState.APPROVED, LetterState.PLANNED)
    key = str(named.key)
    chosen = Letter.objects.filter(audience__lists__contains=[key]) | Letter.objects.filter(
        audience__without__lists__contains=[key]
    )
    return list(chosen.filter(state__in=before).order_by("-changed_at"))


def to_do(person: Person, at: datetime) -> Iterator[ToDo]:
    """Lists to be looked through within a month, for those who keep them."""
    if not permissions.TABLE.allows(person, permissions.KEEP_LISTS, at):
        return
    for named in in_use().filter(review_on__lte=timezone.localdate(at) + BEFORE).order_by("review_on")[:50]:
        yield ToDo(
            title=_("Look through the list: %(name)s") % {"name": named.name},
            address=reverse("letters:list", args=[named.key]),
            because=_("If nobody says that it is still needed, it is emptied."),
            due_on=named.review_on,
        )


def due_between(first: date, last: date, at: datetime) -> Iterator[Due]:
    """Lists whose day lies there: what reminders are made of."""
    return _dues(NamedList.objects.filter(ended_at=None, review_on__range=(first, last)), at)


def due_now(keys: Collection[str], at: datetime, *, lock: bool = False) -> Iterator[Due]:
    """Of these, those in use; locked until the transaction ends, where that is asked for."""
    rows = NamedList.objects.filter(ended_at=None, key__in=[key.removeprefix(f"{KIND}:") for key in keys])
    rows = rows.order_by("pk")
    return _dues(rows.select_for_update() if lock else rows, at)


def extract(person: Person, at: datetime) -> ExtractPart:
    """Which lists a person is on, for her extract."""
    rows = ListRow.objects.filter(person=person) | ListRow.objects.filter(address=person.email)
    return ExtractPart(
        _("Lists that letters go to"),
        tuple(
            (
                Field("list", _("List"), row.list.name),
                Field("purpose", _("What it is for"), row.list.purpose),
                Field("added_at", _("Added"), row.added_at),
                Field("review_on", _("Looked through by"), row.list.review_on),
            )
            for row in rows.select_related("list").order_by("pk")
        ),
        "letter_lists",
    )


def _dues(found: Iterable[NamedList], at: datetime) -> Iterator[Due]:
    found = list(found)
    people = frozenset(owners(at).values_list("pk", flat=True)) if found else frozenset()
    for named in found:
        yield Due(
            kind=KIND,
            key=f"{KIND}:{named.key}",
            deed=deed_in_words(gettext_lazy("Look through the list: %(name)s"), name=named.name),
            due_on=named.review_on,
            address=reverse("letters:list", args=[named.key]),
            people=people,
        )


def _address(row: ListRow) -> str:
    if row.person:
        return row.person.email
    return row.organizer.official_email if row.organizer else row.address


def _shown(row: ListRow, protected: set[str], bad: set[str]) -> ShownRow:
    is_hidden = row.person.is_protected if row.person else row.address in protected
    if is_hidden:
        return ShownRow(row.pk, _("Protected identity"), "", _("Person"))
    if row.person:
        name = row.person.shown_name if row.person.is_active else _("Account closed")
        kind = _("Person")
    else:
        name = row.organizer.name if row.organizer else row.name
        kind = _("Official address") if row.organizer else _("Address")
    address = _address(row)
    trouble = _("Mail comes back") if address in bad else "" if address else _("No mail address")
    return ShownRow(row.pk, name or address, address, kind, trouble)
