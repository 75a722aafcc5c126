"""Passing on: from where somebody may, to whom, which part of the letter, and what has been passed on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kernel.permissions import holdings_of
from samspel.letters.models import Frozen, Letter, PassingOn, Recipient
from samspel.letters.queries.audiences.picking import do_not_want, once
from samspel.letters.queries.handed import Addressed, Passer, passers
from samspel.registry.models import Appointment, Organizer, Role
from samspel.registry.queries.holdings import in_force
from samspel.registry.queries.stand_ins import standing_on

PRINCIPALS: Final = "letters.principals"
_MAY: Final = frozenset({Role.COORDINATOR.value, Role.CHIEF_EDUCATION_OFFICER.value})


@dataclass(frozen=True)
class Way:
    """One way in which somebody may pass a letter on: by which right, from where, and whether it has been done."""

    passer: str
    label: Any
    place: str
    place_name: str
    done: PassingOn | None = None


def ways(person: Any, at: datetime, letter: Letter | None = None) -> list[Way]:
    """Every way that a person has, in order; with `letter`, which of them have been taken."""
    found = [
        Way(name, one.label, place, called) for name, one in passers.items() for place, called in one.places(person, at)
    ]
    if letter is None or not found:
        return found
    done = {(row.passer, row.place): row for row in of(letter)}
    return [Way(one.passer, one.label, one.place, one.place_name, done.get((one.passer, one.place))) for one in found]


def of(letter: Letter) -> QuerySet[PassingOn]:
    """What has been passed on of a letter, the latest first."""
    return letter.passed_on.select_related("by").order_by("-at", "-pk")


def recipients(letter: Letter, passer: str, place: str, at: datetime) -> list[Addressed]:
    """To whom it would go: each address once, without those who have got it and those who want no such news."""
    shelf = passers.get(passer)
    if shelf is None:
        return []
    got = Recipient.objects.filter(letter=letter)
    addresses = {address for address in got.values_list("address", flat=True) if address} | do_not_want(letter)
    people = set(got.exclude(person=None).values_list("person", flat=True))
    found = once(shelf.to(place, at))
    return [one for one in found if one.address not in addresses and one.person not in people]


def part_of(frozen: Frozen) -> list[str]:
    """Keys of the blocks that are meant to be passed on; none: the whole letter is."""
    return [block["key"] for block in frozen.body.get("blocks", []) if block.get("is_for_passing_on")]


def place_names(places: Collection[str]) -> dict[str, str]:
    """Places as they are kept to names, in one query; a place of another kind stands as it is kept."""
    keys = {int(place.partition(":")[2]): place for place in places if place.startswith("organizer:")}
    named = {keys[pk]: name for pk, name in Organizer.objects.filter(pk__in=keys).values_list("pk", "name")}
    return {place: named.get(place, place) for place in places}


def _places(person: Any, at: datetime) -> list[tuple[str, str]]:
    """Organizers where she is a coordinator or chief education officer, or stands in for one."""
    held = [one.place for one in holdings_of(person, at) if one.role in _MAY and one.place]
    keys = [pk for kind, pk in held if kind == "organizer"]
    rows = Organizer.objects.filter(pk__in=keys).order_by("sort_key").values_list("pk", "name") if keys else []
    return [(f"organizer:{pk}", name) for pk, name in rows]


def _principals(place: str, at: datetime) -> Iterator[Addressed]:
    """The principals of an organizer and those who stand in for them. Two queries."""
    on, pk = timezone.localdate(at), place.partition(":")[2]
    held = Appointment.objects.filter(in_force(on), role=Role.PRINCIPAL, organizer=pk)
    reason = {"role": Role.PRINCIPAL.value, "place": place}
    for one in held.filter(person__is_active=True).select_related("person").order_by("person__sort_key", "pk"):
        yield _addressed(one.person, reason)
    rows = standing_on(on).filter(appointment__in=held.values("pk"), deputy__is_active=True)
    for row in rows.order_by("deputy__sort_key", "pk"):
        yield _addressed(row.deputy, {**reason, "as": "deputy"})


def _addressed(person: Any, reason: dict[str, str]) -> Addressed:
    return Addressed(
        person.email, person.name, person.language, person=person.pk, person_key=person.key, reasons=(reason,)
    )


OWN: Final = Passer(PRINCIPALS, _("To the principals of your organizer"), _places, _principals)
