"""What the places of roles are called: handed down to the kernel."""

from __future__ import annotations

from collections.abc import Iterable

from samspel.kernel.permissions import Place
from samspel.registry.models import Organizer, University
from samspel.registry.queries.holdings import ORGANIZER, UNIVERSITY


def names_of_places(places: Iterable[Place]) -> dict[Place, str]:
    """Organizers and universities by name, a query for each kind that is asked for; other places are left out."""
    wanted = [place for place in places if place is not None]
    names: dict[Place, str] = {}
    for kind, model in ((ORGANIZER, Organizer), (UNIVERSITY, University)):
        if keys := {key for of, key in wanted if of == kind}:
            rows = model.objects.filter(pk__in=keys).values_list("pk", "name")
            names |= {(kind, pk): name for pk, name in rows}
    return names


def sender_places() -> dict[str, Place]:
    """As whom each university's mail goes out: its sender's slug to the university as a place, in one query."""
    rows = University.objects.values_list("pk", "slug", "sender_slug")
    return {sender_slug or slug: (UNIVERSITY, pk) for pk, slug, sender_slug in rows}
