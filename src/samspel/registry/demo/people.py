"""Invented people, one or more for every role, each at an invented organizer, university or the agency."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

from samspel.accounts.operations import add_person
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Organizer, Role, SchoolUnit, University
from samspel.registry.operations import appointments, invented

ROWS = Path(__file__).resolve().parent / "people.csv"
UNIVERSITIES = {"malarstrands-hogskola": "Mälarstrands högskola", "norra-larosatet": "Norra lärosätet"}
SINCE = date(2023, 8, 1)


def rows() -> list[dict[str, str]]:
    """The people: email, name, role, where (agency, university:<slug>, or the name of an invented organizer)."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill(at: datetime) -> None:
    """Add the people and appointments that are not there."""
    universities = {
        slug: invented.add_university(slug=slug, name=name, by=SYSTEM, at=at) for slug, name in UNIVERSITIES.items()
    }
    organizers = {organizer.name: organizer for organizer in Organizer.objects.filter(is_invented=True)}
    for row in rows():
        person = add_person(email=row["email"], name=row["name"], is_invented=True, by=SYSTEM, at=at)
        appointments.appoint(
            person=person,
            role=row["role"],
            by=SYSTEM,
            at=at,
            from_on=SINCE,
            **_place(row, universities, organizers),
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
    unit = organizer.school_units.first() if row["role"] == Role.PRINCIPAL else None
    return {"organizer": organizer} | ({"school_unit": unit} if unit else {})
