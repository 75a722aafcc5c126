"""Who does which task on a day, of many at once: whoever is away is not among them, and her deputies are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.kernel.permissions import AGENCY, Holding, Place, holding_only
from samspel.registry.models import Appointment, StandIn
from samspel.registry.queries.holdings import ORGANIZER, UNIVERSITY, in_force, place_of


@dataclass(frozen=True)
class Task:
    """A role somewhere, whose it is, and who does it that day: she herself, or those who stand in for her.

    People by primary key.
    """

    role: str
    place: Place
    whose: int
    done_by: frozenset[int]


def tasks(held: QuerySet[Appointment], at: datetime) -> list[Task]:
    """Those of these appointments that hold that day, with who does each. Two queries, however many."""
    on = timezone.localdate(at)
    standing = StandIn.objects.filter(in_force(on), ended_at__isnull=True).order_by("pk")
    rows = held.filter(in_force(on)).prefetch_related(Prefetch("stand_ins", standing, to_attr="standing"))
    return [_task(row) for row in rows.order_by("pk")]


def tasks_of(people: Collection[int], at: datetime) -> dict[tuple[int, str], list[Task]]:
    """Person and role to the tasks of that role that are hers."""
    found: dict[tuple[int, str], list[Task]] = {}
    for task in tasks(Appointment.objects.filter(person__in=people), at):
        found.setdefault((task.whose, task.role), []).append(task)
    return found


def tasks_at(places: Collection[Place], at: datetime, *, roles: Collection[str]) -> dict[Place, list[Task]]:
    """Place to the tasks of these roles there."""
    there = Q(pk__in=[])
    for kind in (ORGANIZER, UNIVERSITY):
        there |= Q(**{f"{kind}__in": {place[1] for place in places if place and place[0] == kind}})
    if AGENCY in places:
        there |= Q(organizer=None, university=None)
    found: dict[Place, list[Task]] = {}
    for task in tasks(Appointment.objects.filter(there, role__in=roles), at):
        found.setdefault(task.place, []).append(task)
    return found


def at_agency(at: datetime) -> list[Any]:
    """The agency's people, each with just what she does there that day: ask a table about them without a query.

    For asking alone, never for a deed (kernel.permissions.holding_only). Three queries.
    """
    done: dict[int, list[Task]] = {}
    for task in tasks(Appointment.objects.filter(organizer=None, university=None), at):
        for person in task.done_by:
            done.setdefault(person, []).append(task)
    people = Person.objects.filter(Q(pk__in=done) | Q(pk__in={task.whose for rows in done.values() for task in rows}))
    by_pk = {person.pk: person for person in people.order_by("pk")}
    keys = {pk: person.key for pk, person in by_pk.items()}
    return [
        holding_only(by_pk[pk], at, [_holding(task, pk, keys) for task in rows])
        for pk, rows in sorted(done.items())
        if by_pk[pk].is_active
    ]


def _holding(task: Task, person: int, keys: dict[int, Any]) -> Holding:
    return Holding(task.role, task.place, instead_of=None if task.whose == person else keys[task.whose])


def _task(row: Any) -> Task:
    deputies = frozenset(one.deputy_id for one in row.standing)
    return Task(row.role, place_of(row), row.person_id, deputies or frozenset({row.person_id}))
