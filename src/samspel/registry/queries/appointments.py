"""Who holds which role where: for a person's own page, and for the demo's list of people to log in as."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.accounts.queries import AGENCY, ORGANIZER, UNIVERSITY, DemoPerson, HeldRole
from samspel.registry.models import Appointment, Role

# What one sees as somebody in that role: said to a visitor of the demo before she chooses.
_SEES: dict[str, Any] = {
    Role.EDUCATION_OFFICER: _("Imports official files, sets up selection rounds, draws and publishes."),
    Role.DECISION_MAKER: _("Confirms what an officer has proposed, accepts or voids a drawn round."),
    Role.PROCESS_SUPPORTER: _("Works with organizers; never sees the ranking, the pairs or the comparison group."),
    Role.REGISTRAR: _("Reads rounds and their protocols for the file."),
    Role.EVALUATOR: _("Reads frozen rounds with pairs and comparison group."),
    Role.ADMINISTRATOR: _("Imports official files and appoints people; sees no ranking."),
}
_SEES_PUBLIC: Any = _("What is public, and an empty to-do list: this role's own work comes in later versions.")


def current(on: date) -> QuerySet[Appointment]:
    """Appointments that hold on a day, with person and place, in one query."""
    holding = Q(to_on__isnull=True) | Q(to_on__gte=on)
    return Appointment.objects.filter(holding, from_on__lte=on).select_related("person", "organizer", "university")


def place_of(appointment: Appointment) -> str:
    """Where a role is held, by name; the agency where neither organizer nor university is named."""
    place = appointment.organizer or appointment.university
    return place.name if place else "Skolverket"


def held_roles(person: Person, at: datetime) -> Iterator[HeldRole]:
    """The roles a person holds, in the order they began."""
    for appointment in current(timezone.localdate(at)).filter(person=person).order_by("from_on", "id"):
        yield HeldRole(
            role=appointment.get_role_display(),
            where=place_of(appointment),
            from_on=appointment.from_on,
            to_on=appointment.to_on,
        )


def demo_people(at: datetime) -> Iterator[DemoPerson]:
    """Every invented person once for each role she holds, in the order they were added."""
    for appointment in current(timezone.localdate(at)).filter(person__is_invented=True).order_by("id"):
        group = ORGANIZER if appointment.organizer_id else UNIVERSITY if appointment.university_id else AGENCY
        yield DemoPerson(
            person=appointment.person,
            group=group,
            role=appointment.get_role_display(),
            where=place_of(appointment),
            sees=_SEES.get(appointment.role, _SEES_PUBLIC),
        )
