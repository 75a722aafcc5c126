"""As whom mail goes out: a place's own sender, and which senders somebody may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samspel.kernel.handed_down import HandedDown
from samspel.kernel.permissions import Place, names_of_places
from samspel.post import permissions
from samspel.post.models import Sender

SenderPlaces = Callable[[], Mapping[str, Place]]

sender_places: HandedDown[SenderPlaces] = HandedDown()
"""A sender's slug to the place whose it is; the app that keeps the places (universities) adds them."""


@dataclass(frozen=True)
class OwnSender:
    """A place that may have a sender of its own: what the place is called, and its sender as it stands, if any."""

    slug: str
    place: Place
    name: str
    sender: Sender | None


def sender_of(place: Place) -> Sender | None:
    """The sender of a place; None: its mail goes out as the house's own."""
    slugs = [slug for slug, where in _places().items() if where == place]
    return Sender.objects.filter(slug__in=slugs).order_by("slug").first() if slugs else None


def place_of_sender(slug: str) -> Place:
    """The place whose sender that is. Raises KeyError if it is nobody's."""
    return _places()[slug]


def changeable_by(person: Any, at: datetime) -> list[OwnSender]:
    """What a person may change, in the order of the places' names; two queries and those of the names."""
    places = {slug: place for slug, place in _places().items() if permissions.may_change_sender(person, at, place)}
    names = names_of_places(list(places.values()))
    there = {sender.slug: sender for sender in Sender.objects.filter(slug__in=places)}
    rows = [OwnSender(slug, place, str(names.get(place, slug)), there.get(slug)) for slug, place in places.items()]
    return sorted(rows, key=lambda row: (row.name, row.slug))


def _places() -> dict[str, Place]:
    return {slug: place for given in sender_places for slug, place in given().items()}
