"""The agency's list of organizers: who coordinates and administers each, and which addresses bounce."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from samspel.post.queries.addresses import in_trouble
from samspel.registry.models import Appointment, Organizer, Role, University
from samspel.registry.queries.holdings import in_force
from samspel.registry.queries.search import Sought, organizers

WITH_COORDINATOR: Final = "with_coordinator"
WITHOUT_COORDINATOR: Final = "coordinator"
WITHOUT_ADMINISTRATOR: Final = "administrator"
BOUNCING: Final = "bouncing"
WHICH: Final[dict[str, dict[str, bool]]] = {
    WITH_COORDINATOR: {"has_coordinator": True},
    WITHOUT_COORDINATOR: {"has_coordinator": False},
    WITHOUT_ADMINISTRATOR: {"has_administrator": False},
    BOUNCING: {"has_bouncing": True},
}


def listed(on: date, *, sought: str = "", which: str = "") -> QuerySet[Organizer]:
    """Organizers of the register that are not ended, by name, with `has_coordinator`, `has_administrator` and
    `has_bouncing`; `sought` in name or number, `which` one of WHICH."""
    words = Sought.of(sought)
    rows = Organizer.objects.all() if words.is_empty else organizers(words)
    marked = rows.filter(ended_on=None).select_related("county").annotate(
        has_coordinator=_held(Role.COORDINATOR, on),
        has_administrator=_held(Role.ADMINISTRATOR, on),
        has_bouncing=_bouncing(on),
    )  # fmt: skip
    return marked.filter(**WHICH.get(which, {})).order_by("sort_key", "organization_number")


def counts(on: date) -> dict[str, int]:
    """How many organizers there are in all, with and without a coordinator, without administrator, with a bounce."""
    return listed(on).aggregate(
        all=Count("pk"),
        with_coordinator=Count("pk", filter=Q(has_coordinator=True)),
        coordinator=Count("pk", filter=Q(has_coordinator=False)),
        administrator=Count("pk", filter=Q(has_administrator=False)),
        bouncing=Count("pk", filter=Q(has_bouncing=True)),
    )


def with_coordinators(rows: QuerySet[Organizer], on: date) -> QuerySet[Organizer]:
    """Organizers with `coordinators`: their appointments that hold on the day, people with protected identity left out.

    One query more, however many rows."""
    held = Appointment.objects.filter(in_force(on), role=Role.COORDINATOR, person__is_protected=False)
    held = held.select_related("person").order_by("person__sort_key", "pk")
    return rows.prefetch_related(Prefetch("appointments", held, to_attr="coordinators"))


def universities() -> QuerySet[University]:
    """Every university, by name."""
    return University.objects.order_by("sort_key", "slug")


def _held(role: str, on: date) -> Exists:
    return Exists(Appointment.objects.filter(in_force(on), role=role, organizer=OuterRef("pk")))


def _bouncing(on: date) -> Exists:
    bouncing = in_trouble(timezone.now()).values("address")
    people = Appointment.objects.filter(in_force(on), organizer=OuterRef("pk"), person__email__in=bouncing)
    official = Organizer.objects.filter(pk=OuterRef("pk"), official_email__in=bouncing)
    return Exists(people) | Exists(official)
