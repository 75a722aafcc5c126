"""An organization as one thing: an organizer, a university or the agency; its people, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo, addressee
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.permissions import AGENCY, Place
from samspel.post.operations.notices import Addressee
from samspel.registry.models import Appointment, Organizer, Role, University
from samspel.registry.queries.holdings import ORGANIZER, at_place, in_force, organizer_place, university_place
from samspel.registry.queries.organizers import Panel

AGENCY_NAME = "Skolverket"


@dataclass(frozen=True)
class Organization:
    """An organizer, a university, or (neither named) the agency."""

    organizer: Organizer | None = None
    university: University | None = None

    @property
    def place(self) -> Place:
        """Where its roles are held."""
        if self.organizer:
            return organizer_place(self.organizer.pk)
        return university_place(self.university.pk) if self.university else AGENCY

    @property
    def name(self) -> str:
        """What it is called."""
        thing = self.organizer or self.university
        return thing.name if thing else AGENCY_NAME

    @property
    def address(self) -> str:
        """Its page in the workspace."""
        if self.organizer:
            return reverse("registry:organization_organizer", args=[self.organizer.organization_number])
        if self.university:
            return reverse("registry:organization_university", args=[self.university.slug])
        return reverse("registry:organization_agency")


Asks = Callable[[Organization, datetime], Iterable[ToDo]]
"""What is asked of an organization as such, whoever of its people does it."""

organization_asks: HandedDown[Asks] = HandedDown()

organization_panels: HandedDown[Callable[[HttpRequest, Organization], Panel | None]] = HandedDown()
"""What higher apps show on an organization's page; None when there is nothing for this reader."""


def organization_at(place: Place) -> Organization:
    """The organization of a place. Raises DoesNotExist if it is gone."""
    if place is AGENCY:
        return Organization()
    kind, pk = place
    if kind == ORGANIZER:
        return Organization(organizer=Organizer.objects.get(pk=pk))
    return Organization(university=University.objects.get(pk=pk))


def organization_of(appointment: Appointment) -> Organization:
    """Where an appointment is held; read with organizer and university, it costs no query."""
    return Organization(organizer=appointment.organizer, university=appointment.university)


def administrators_of(place: Place, on: date | None = None) -> QuerySet[Person]:
    """The people who administer an organization on a day (today), stand-ins not among them; the agency: AGENCY."""
    held = at_place(place).filter(in_force(on or timezone.localdate()), role=Role.ADMINISTRATOR)
    return Person.objects.filter(is_active=True, pk__in=held.values("person")).order_by("name", "pk")


def administrators_to_tell(at: datetime) -> list[Addressee]:
    """The agency's administrators, as the post writes to them: of what is wrong each day."""
    return [addressee(person) for person in administrators_of(AGENCY, timezone.localdate(at))]


def asked_of(organization: Organization, at: datetime) -> list[Any]:
    """What is asked of an organization as such, by what is due first."""
    rows = [row for provider in organization_asks for row in provider(organization, at)]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max))
