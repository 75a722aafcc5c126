"""Who holds which role where: for a person's own page, and for the demo's list of people to log in as."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.accounts.queries import AGENCY, ORGANIZER, UNIVERSITY, DemoPerson, HeldRole
from samspel.kernel.permissions import Place
from samspel.registry.models import Appointment, Role
from samspel.registry.queries.holdings import at_place, in_force
from samspel.registry.queries.stand_ins import standing_on

# What one sees as somebody in that role: said to a visitor of the demo before she chooses.
_SEES: dict[str, Any] = {
    Role.EDUCATION_OFFICER: _(
        "Imports official files, sets up selection rounds, draws and publishes; "
        "judges authorizations, answers questions."
    ),
    Role.DECISION_MAKER: _("Confirms what an officer has proposed, accepts or voids a drawn round."),
    Role.PROCESS_SUPPORTER: _("Works with organizers; never sees the ranking, the pairs or the comparison group."),
    Role.REGISTRAR: _(
        "Registers documents in case files, looks after the diary, and shares out the mailbox's questions."
    ),
    Role.EVALUATOR: _("Reads frozen rounds with pairs and comparison group."),
    Role.EDITOR: _("Writes the forms that organizers answer, tries them and puts new versions to use."),
}
_SEES_AGENCY_ADMINISTRATOR: Any = _(
    "Looks after messages, people and permissions, imports official files; sees no ranking."
)
_SEES_AT_HOME: dict[str, Any] = {
    Role.ADMINISTRATOR: _("Appoints, replaces, invites and ends people of the own organization."),
    Role.CHIEF_EDUCATION_OFFICER: _("Appoints and replaces the organizer's coordinators, principals and leads."),
    Role.AUTHORIZED_SIGNATORY: _("Speaks for the organizer, and says who administers it."),
    Role.BOARD_CHAIR: _("Speaks for the organizer, and says who administers it."),
}
_SEES_PEOPLE: Any = _("The own organization's people, tasks and forms, and what is asked of it.")
_SEES_PUBLIC: Any = _("What is public, and an empty to-do list: this role's own work comes in later versions.")


RELATED = ("person", "organizer", "school_unit", "university")


def current(on: date) -> QuerySet[Appointment]:
    """Appointments that hold on a day, with person and place, in one query."""
    return Appointment.objects.filter(in_force(on)).select_related(*RELATED)


def now_at(place: Place, on: date) -> QuerySet[Appointment]:
    """Who holds what at a place on a day, those who speak for it first, then by role and name."""
    rows = at_place(place).filter(in_force(on)).select_related(*RELATED)
    return rows.order_by("role", "person__sort_key", "from_on", "pk")


def coming_at(place: Place, on: date) -> QuerySet[Appointment]:
    """Who will, soonest first; what was taken back is not among them."""
    rows = at_place(place).filter(from_on__gt=on).exclude(to_on__lt=F("from_on"))
    return rows.select_related(*RELATED).order_by("from_on", "role", "person__sort_key", "pk")


def former_at(place: Place, on: date) -> QuerySet[Appointment]:
    """Who did, the latest first; what was taken back before it began among them."""
    over = Q(to_on__lt=on) | Q(to_on__lt=F("from_on"))
    return at_place(place).filter(over).select_related(*RELATED).order_by("-to_on", "role", "person__sort_key", "pk")


def with_all(pk: int) -> Appointment:
    """One appointment with everything its page tells. Raises DoesNotExist."""
    return Appointment.objects.select_related(*RELATED, "manager", "replaces__person").get(pk=pk)


def successor_of(appointment: Appointment) -> Appointment | None:
    """Who took, or takes, over; one that was taken back is nobody."""
    taken = Q(to_on__isnull=False) & Q(to_on__lt=F("from_on"))
    return appointment.replaced_by.exclude(taken).select_related("person").order_by("from_on", "pk").last()


def known_at(place: Place, on: date) -> QuerySet[Person]:
    """Active people with a task at a place now or to come, by name: whom a form there offers to choose among."""
    there = at_place(place).exclude(to_on__lt=on)
    return Person.objects.filter(is_active=True, pk__in=there.values("person")).order_by("sort_key", "pk")


def place_of(appointment: Appointment) -> str:
    """Where a role is held, by name; the agency where neither organizer nor university is named."""
    place = appointment.organizer or appointment.university
    return place.name if place else "Skolverket"


def held_roles(person: Person, at: datetime) -> Iterator[HeldRole]:
    """The roles a person holds, in the order they began, then those she holds instead of others. Two queries."""
    on = timezone.localdate(at)
    for one in current(on).filter(person=person).order_by("from_on", "id"):
        yield HeldRole(one.get_role_display(), place_of(one), one.from_on, one.to_on)
    for row in standing_on(on).filter(in_force(on, "appointment__"), deputy=person):
        task = row.appointment
        absent = task.person.shown_name
        yield HeldRole(task.get_role_display(), place_of(task), row.from_on, row.to_on, instead_of=absent)


def demo_people(at: datetime) -> Iterator[DemoPerson]:
    """Every invented person once for each role she holds, in the order they were added."""
    for appointment in current(timezone.localdate(at)).filter(person__is_invented=True).order_by("id"):
        group = ORGANIZER if appointment.organizer_id else UNIVERSITY if appointment.university_id else AGENCY
        yield DemoPerson(
            person=appointment.person,
            group=group,
            role=appointment.get_role_display(),
            where=place_of(appointment),
            sees=_sees(appointment, group),
        )


def _sees(appointment: Appointment, group: str) -> Any:
    if group == AGENCY:
        is_keeper = appointment.role == Role.ADMINISTRATOR
        return _SEES_AGENCY_ADMINISTRATOR if is_keeper else _SEES.get(appointment.role, _SEES_PUBLIC)
    return _SEES_AT_HOME.get(appointment.role, _SEES_PEOPLE)
