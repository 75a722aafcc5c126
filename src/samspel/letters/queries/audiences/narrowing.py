"""What the filters of an audience leave: organizers and appointments, as querysets that are not asked yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from samspel.letters.models import ListRow
from samspel.letters.queries.handed import audience_filters
from samspel.letters.rules.audiences import Audience
from samspel.letters.rules.audiences.parts import Filters
from samspel.registry.models import Appointment, Organizer
from samspel.registry.queries.holdings import in_force

NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Narrowed:
    """organizers: None where nothing is said of them, so that a task at a university or the agency fits as well."""

    organizers: QuerySet[Organizer] | None
    roles: Q


def there_on(on: date) -> QuerySet[Organizer]:
    """Organizers that have not ended."""
    return Organizer.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on))


def appointments(audience: Audience, at: datetime) -> QuerySet[Appointment]:
    """The appointments in force that an audience's roles and filters mean, also those of closed accounts."""
    on = timezone.localdate(at)
    narrowed = narrow(audience.filters, at)
    found = Appointment.objects.filter(in_force(on), narrowed.roles, role__in=audience.roles)
    if narrowed.organizers is not None:
        found = found.filter(organizer__in=narrowed.organizers.values("pk"))
    # An organizer that has ended has nobody left to write to.
    found = found.exclude(organizer__ended_on__lte=on)
    for gone in _left_out(audience, at):
        found = found.exclude(organizer__in=gone)
    return found


def official(audience: Audience, at: datetime) -> QuerySet[Organizer]:
    """The organizers whose official addresses are meant.

    What is said of appointments alone narrows them to those where somebody with a role of the audience (any, if it has
    none) is such.
    """
    if not audience.is_official:
        return Organizer.objects.none()
    on = timezone.localdate(at)
    narrowed = narrow(audience.filters, at)
    found = there_on(on)
    if narrowed.organizers is not None:
        found = found.filter(pk__in=narrowed.organizers.values("pk"))
    if narrowed.roles:
        held = Appointment.objects.filter(in_force(on), narrowed.roles, person__is_active=True)
        held = held.filter(role__in=audience.roles) if audience.roles else held
        found = found.filter(pk__in=held.exclude(organizer=None).values("organizer"))
    for gone in _left_out(audience, at):
        found = found.exclude(pk__in=gone)
    return found


def narrow(filters: Filters, at: datetime) -> Narrowed:
    """What filters leave. One that no app knows any more leaves nobody: it must never widen a letter."""
    on = timezone.localdate(at)
    roles, organizers = Q(), None
    for found, condition in _conditions(filters, at):
        roles &= condition
        if found is not None:
            organizers = there_on(on) if organizers is None else organizers
            organizers = organizers.filter(pk__in=found.values("pk"))
    return Narrowed(organizers, roles)


def _conditions(filters: Filters, at: datetime) -> Iterator[tuple[QuerySet[Organizer] | None, Q]]:
    """What each filter says of organizers and of appointments; those found together say it once."""
    together: dict[Any, dict[str, Sequence[str]]] = {}
    for name, values in filters:
        one = audience_filters.get(name)
        if one is None:
            yield Organizer.objects.none(), NOBODY
        elif one.together is not None:
            together.setdefault(one.together, {})[name] = values
        else:
            organizers = one.organizers(values, at) if one.organizers else None
            yield organizers, one.roles(values, at) if one.roles else Q()
    for find, chosen in together.items():
        yield find(chosen, at), Q()


def _left_out(audience: Audience, at: datetime) -> Iterator[QuerySet[Any]]:
    """Keys of organizers that are left out, with their people."""
    if audience.without.filters:
        narrowed = narrow(audience.without.filters, at)
        found = Organizer.objects.all() if narrowed.organizers is None else narrowed.organizers
        if narrowed.roles:
            held = Appointment.objects.filter(in_force(timezone.localdate(at)), narrowed.roles, person__is_active=True)
            found = found.filter(pk__in=held.exclude(organizer=None).values("organizer"))
        yield found.values("pk")
    if audience.without.lists:
        rows = ListRow.objects.filter(list__key__in=audience.without.lists, organizer__isnull=False)
        yield rows.values("organizer")
