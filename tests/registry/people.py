"""A small invented world of people: two organizers, a university, the agency."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from samspel.accounts.models import Person
from samspel.accounts.operations import add_person
from samspel.kernel.audit import SYSTEM
from samspel.kernel.values.sorting import search_key, sort_key
from samspel.registry.models import Appointment, County, Organizer, OrganizerType, Role, SchoolUnit, University

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SINCE = date(2025, 8, 1)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def person(email: str, name: str) -> Person:
    """Somebody who can log in."""
    return add_person(email=email, name=name, by=SYSTEM, at=NOW)


def organizer(number: str, name: str, unit_code: str) -> Organizer:
    """An invented organizer with one school."""
    made = Organizer.objects.create(
        organization_number=number,
        name=name,
        sort_key=sort_key(name),
        search_key=search_key(name),
        type=OrganizerType.MUNICIPALITY,
        county=County.objects.first(),
        is_invented=True,
        source="Påhittad",
        as_of=SINCE,
    )
    SchoolUnit.objects.create(
        code=unit_code, name="Åskolan", sort_key=sort_key("Åskolan"), search_key="askolan", organizer=made, as_of=SINCE
    )
    return made


def holds(whom: Person, role: str, **where: Any) -> Appointment:
    """An appointment as it stands since long, without a deed of its own."""
    return Appointment.objects.create(person=whom, role=role, **{"from_on": SINCE, **where})


def world() -> SimpleNamespace:
    """Ekviken with chief, administrator and coordinator; Sjöby with its own; a university; the agency's people."""
    ekviken = organizer("4931071379", "Ekvikens kommun", "00000011")
    sjoby = organizer("4941142749", "Sjöby kommun", "00000012")
    university = University.objects.create(slug="ekviks-universitet", name="Ekviks universitet", sort_key="ekviks")
    made = SimpleNamespace(ekviken=ekviken, sjoby=sjoby, university=university)
    for key, role, where in (
        ("chief", Role.CHIEF_EDUCATION_OFFICER, {"organizer": ekviken}),
        ("head", Role.ADMINISTRATOR, {"organizer": ekviken}),
        ("coordinator", Role.COORDINATOR, {"organizer": ekviken}),
        ("their_head", Role.ADMINISTRATOR, {"organizer": sjoby}),
        ("their_coordinator", Role.COORDINATOR, {"organizer": sjoby}),
        ("dean", Role.ADMINISTRATOR, {"university": university}),
        ("leader", Role.NETWORK_LEADER, {"university": university}),
        ("admin", Role.ADMINISTRATOR, {}),
        ("officer", Role.EDUCATION_OFFICER, {}),
        ("payer", Role.PAYMENTS_OFFICER, {}),
    ):
        somebody = person(f"{key}@people.example", key.replace("_", " ").title())
        setattr(made, key, somebody)
        setattr(made, f"{key}_task", holds(somebody, role, **where))
    made.outsider = person("outsider@people.example", "Outsider")
    made.new = person("new@people.example", "Nora Ny")
    return made
