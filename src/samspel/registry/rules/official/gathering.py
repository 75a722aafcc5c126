"""What the readers of each kind add to while they read one file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from samspel.registry.rules.official.faults import Faults
from samspel.registry.rules.official.results import Known, Municipality, Organizer, SchoolUnit, Value
from samspel.registry.rules.official.subjects import Municipalities, Refused


@dataclass
class Gathering:
    """The rows and faults of one file, so far."""

    faults: Faults
    known: Known
    towns: Municipalities
    rows: int = 0
    values: list[Value] = field(default_factory=list)
    organizers: list[Organizer] = field(default_factory=list)
    school_units: list[SchoolUnit] = field(default_factory=list)
    municipalities: list[Municipality] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    extracted_on: date | None = None
    title: str = ""

    def refuse(self, refused: Refused, *, row: int, sheet: str, headings: dict[str, str]) -> None:
        """Note a subject that is not believed; `headings` gives the file's own heading for each part of a row."""
        column = headings.get(refused.column, refused.column)
        self.faults.error(refused.code, refused.expected, sheet=sheet, row=row, column=column, stood=refused.stood)
