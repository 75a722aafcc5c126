"""Those an audience finds, each as often as there is a reason: by her task, as a deputy, officially, on a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.letters.models import ListRow
from samspel.letters.queries.audiences import narrowing
from samspel.letters.queries.handed import Addressed
from samspel.letters.rules.audiences import Audience
from samspel.post.rules.headers import folded
from samspel.registry.models import Organizer, StandIn
from samspel.registry.queries.stand_ins import standing_on

# Beside the roles of appointments, as they stand in a recipient's reasons.
OFFICIAL_ADDRESS: Final = "official_address"
LISTED: Final = "list"
DEPUTY: Final = "deputy"

_PERSON: Final = ("email", "name", "language", "pk", "key")


def found(audience: Audience, at: datetime) -> Iterator[Addressed]:
    """All of them, people first; five queries at most, however many they are."""
    if audience.roles:
        yield from _holders(audience, at)
        yield from _deputies(audience, at)
    if audience.is_official:
        yield from (_organizer(one, OFFICIAL_ADDRESS) for one in narrowing.official(audience, at).order_by("sort_key"))
    if audience.lists:
        yield from listed(audience.lists)


def deputies(audience: Audience, at: datetime) -> QuerySet[StandIn]:
    """Those who stand in for somebody whom the audience means."""
    of_these = narrowing.appointments(audience, at).values("pk")
    on = timezone.localdate(at)
    return standing_on(on).filter(appointment__in=of_these, deputy__is_active=True)


def list_rows(keys: tuple[str, ...]) -> QuerySet[ListRow]:
    """The rows of lists that have not ended, closed accounts left out."""
    rows = ListRow.objects.filter(list__key__in=keys, list__ended_at=None)
    there = Q(organizer=None) | Q(organizer__ended_on=None)
    return rows.filter(Q(person=None) | Q(person__is_active=True), there).order_by("list", "pk")


def listed(keys: tuple[str, ...]) -> Iterator[Addressed]:
    """Those on lists. A bare address that somebody logs in with is hers, and a closed account's is nobody's."""
    rows = list(list_rows(keys).select_related("list", "person", "organizer"))
    known = Person.objects.filter(email__in={folded(row.address) for row in rows if row.address}).in_bulk(
        field_name="email"
    )
    for row in rows:
        person = row.person or known.get(folded(row.address))
        place = f"list:{row.list.key}"
        if row.organizer:
            yield _organizer(row.organizer, LISTED, place)
        elif person and person.is_active:
            given = tuple(getattr(person, name) for name in _PERSON)
            yield _person(given, {"role": LISTED, "place": place})
        elif not person:
            yield Addressed(folded(row.address), row.name, reasons=({"role": LISTED, "place": place},))


def _holders(audience: Audience, at: datetime) -> Iterator[Addressed]:
    rows = narrowing.appointments(audience, at).filter(person__is_active=True).order_by("person__sort_key", "pk")
    columns = (*(f"person__{name}" for name in _PERSON), "role", *_PLACE)
    for row in rows.values_list(*columns):
        yield _person(row[:5], {"role": row[5], "place": _place(row[6:])}, row[8] or "")


def _deputies(audience: Audience, at: datetime) -> Iterator[Addressed]:
    rows = deputies(audience, at).select_related(None).order_by("deputy__sort_key", "pk")
    columns = (*(f"deputy__{name}" for name in _PERSON), "appointment__role", *(f"appointment__{c}" for c in _PLACE))
    for row in rows.values_list(*columns):
        yield _person(row[:5], {"role": row[5], "place": _place(row[6:]), "as": DEPUTY}, row[8] or "")


_PLACE: Final = ("organizer_id", "university_id", "organizer__postal_address")


def _place(row: tuple) -> str:
    organizer, university = row[0], row[1]
    return f"organizer:{organizer}" if organizer else f"university:{university}" if university else "agency"


def _person(row: tuple, reason: Mapping[str, str], postal_address: str = "") -> Addressed:
    email, name, language, pk, key = row
    return Addressed(
        folded(email), name, language, person=pk, person_key=key, postal_address=postal_address, reasons=(reason,)
    )


def _organizer(one: Organizer, role: str, place: str = "") -> Addressed:
    return Addressed(
        folded(one.official_email),
        one.name,
        organizer=one.pk,
        postal_address=one.postal_address,
        reasons=({"role": role, "place": place or f"organizer:{one.pk}"},),
    )
