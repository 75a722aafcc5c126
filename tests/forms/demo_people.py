"""The people and organizers of the demo's forms."""

from __future__ import annotations

from datetime import UTC, datetime

from samspel.kernel.audit import SYSTEM
from samspel.registry.demo import organizers, people
from samspel.registry.operations import invented

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def add_people() -> None:
    """The demo's people, and of its organizers those that have some. Only in a demo home."""
    wanted = {row["where"] for row in people.rows()}
    for number, row in enumerate(row for row in organizers.rows() if row["name"] in wanted):
        invented.add_organizer(
            organization_number=row["organization_number"],
            name=row["name"],
            type=row["type"],
            county_code=row["county"],
            units=[(f"09{number:03d}{place:03d}", name) for place, name in enumerate(row["units"].split("|"))],
            by=SYSTEM,
            at=NOW,
        )
    people.fill(NOW)
