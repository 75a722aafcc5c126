"""Invented people, one or more for every role, each at an invented organizer, university or the agency."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.operations import add_person
from samspel.accounts.operations.protecting import protect
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Appointment, Organizer, Role, SchoolUnit, StandIn, University
from samspel.registry.operations import appointments, invented, organizations, stand_ins
from samspel.registry.queries.holdings import in_force

ROWS = Path(__file__).resolve().parent / "people.csv"
# Slug to name and organization number; no legal person has a number that begins with 49.
UNIVERSITIES = {
    "malarstrands-hogskola": ("Mälarstrands högskola", "4992201014"),
    "norra-larosatet": ("Norra lärosätet", "4992202020"),
}
SINCE = date(2023, 8, 1)
# Who runs the house, and so does what no system does by itself.
KEEPER = "linnea.skog@myndigheten.example"
# Away now: whose task, which role, and who stands in.
AWAY = [("ulla.kvist@trekanalen.example", Role.CHIEF_EDUCATION_OFFICER, "hedda.malm@trekanalen.example")]
# Where official mail and letters on paper go, for some of them; the others are asked to say.
ADDRESSES = {
    "Björkforsens kommun": ("registrator@bjorkforsen.example", "Utbildningsnämnden\nBox 1\n000 01 Björkforsen"),
    "Almviks kommun": ("kommun@almvik.example", "Utbildningsförvaltningen\nBox 2\n000 02 Almvik"),
    "Gläntans skolor AB": ("kontakt@glantan.example", "Skogsvägen 3\n000 03 Gläntan"),
}  # fmt: skip


def rows() -> list[dict[str, str]]:
    """The people: email, name, role, where (agency, university:<slug>, or the name of an invented organizer), unit,
    begins and ends (days from today; empty: since long, until further notice), replaces (an address), details."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill(at: datetime) -> None:
    """Add the people, appointments, deputies and addresses that are not there."""
    universities = {
        slug: invented.add_university(slug=slug, name=name, organization_number=number, by=SYSTEM, at=at)
        for slug, (name, number) in UNIVERSITIES.items()
    }
    organizers = {organizer.name: organizer for organizer in Organizer.objects.filter(is_invented=True)}
    people = {
        row["email"]: add_person(
            email=row["email"], name=row["name"], is_invented=True, by=SYSTEM, at=_made_at(row, at)
        )
        for row in sorted(rows(), key=lambda row: _made_at(row, at))
    }
    for row in rows():
        place = _place(row, universities, organizers)
        held = Appointment.objects.filter(
            person=people[row["email"]],
            role=row["role"],
            organizer=place.get("organizer"),
            university=place.get("university"),
        )
        if not held.exists():
            _appoint(row, place, people, at)
    _name_deputies(people, at)
    _say_addresses(organizers, people[KEEPER], at)
    for row in rows():
        if row["protected"] and not people[row["email"]].is_protected:
            protect(person=people[row["email"]], reason="protected_registration", by=people[KEEPER], at=at)


def _from_on(row: dict[str, str], at: datetime) -> date:
    return timezone.localdate(at) + timedelta(days=int(row["begins"])) if row["begins"] else SINCE


def _made_at(row: dict[str, str], at: datetime) -> datetime:
    """When she was appointed, and got her account: the morning of her first day, or now if that is to come."""
    return min(at, datetime.combine(_from_on(row, at), time(8, 10), UTC))


def _appoint(row: dict[str, str], place: dict[str, Any], people: dict[str, Person], at: datetime) -> None:
    today = timezone.localdate(at)
    before = Appointment.objects.filter(person__email=row["replaces"], role=row["role"], **place).first()
    appointments.appoint(
        person=people[row["email"]],
        role=row["role"],
        by=SYSTEM,
        at=_made_at(row, at),
        from_on=_from_on(row, at),
        to_on=today + timedelta(days=int(row["ends"])) if row["ends"] else None,
        replaces=before if row["replaces"] else None,
        title=row["title"],
        share_percent=int(row["share"]) if row["share"] else None,
        mandate=row["mandate"],
        manager=people.get(row["manager"]),
        in_management_group={"yes": True, "no": False}.get(row["group"]),
        **place,
    )


def _place(
    row: dict[str, str], universities: dict[str, University], organizers: dict[str, Organizer]
) -> dict[str, University | Organizer | SchoolUnit]:
    if row["where"] == "agency":
        return {}
    kind, _separator, slug = row["where"].partition(":")
    if kind == "university":
        return {"university": universities[slug]}
    organizer = organizers[row["where"]]
    return {"organizer": organizer} | (
        {"school_unit": organizer.school_units.get(name=row["unit"])} if row["unit"] else {}
    )


def _name_deputies(people: dict[str, Person], at: datetime) -> None:
    today = timezone.localdate(at)
    for absent, role, deputy in AWAY:
        task = Appointment.objects.get(person=people[absent], role=role)
        if not StandIn.objects.filter(in_force(today), appointment=task, ended_at=None).exists():
            stand_ins.set_stand_in(
                appointment=task,
                deputy=people[deputy],
                from_on=today - timedelta(days=4),
                to_on=today + timedelta(days=24),
                by=people[absent],
                at=at,
                is_told=False,
            )


def _say_addresses(organizers: dict[str, Organizer], keeper: Person, at: datetime) -> None:
    for name, (mail, paper) in ADDRESSES.items():
        if not organizers[name].official_email:
            organizations.correct_organizer(
                organizer=organizers[name], official_email=mail, postal_address=paper, by=keeper, at=at
            )
