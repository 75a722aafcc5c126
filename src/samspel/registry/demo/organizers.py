"""Some sixty invented organizers in real counties, with school units of their own."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Organizer
from samspel.registry.operations import invented

ROWS = Path(__file__).resolve().parent / "organizers.csv"


def rows() -> list[dict[str, str]]:
    """The invented organizers: organization_number, name, type, county (code), units (names, separated by |)."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill(at: datetime) -> None:
    """Add the organizers and units that are not there."""
    there = set(Organizer.objects.filter(is_invented=True).values_list("organization_number", flat=True))
    for number, row in enumerate(rows(), start=1):
        if row["organization_number"] not in there:
            invented.add_organizer(
                organization_number=row["organization_number"],
                name=row["name"],
                type=row["type"],
                county_code=row["county"],
                units=[(f"0{number:04d}{place:03d}", name) for place, name in enumerate(row["units"].split("|"), 1)],
                by=SYSTEM,
                at=at,
            )
