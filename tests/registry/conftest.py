"""Small files of the official kinds, and people who may and may not import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from samspel.accounts import operations as accounts
from samspel.accounts.models import Person
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Appointment, ImportBatch, IndicatorValue, Role
from samspel.registry.operations import imports

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NAMES = {"0114": "Upplands Väsby", "0115": "Vallentuna", "0117": "Österåker", "1440": "Ale", "2085": "Ludvika"}


@pytest.fixture
def now() -> datetime:
    """The moment of a test."""
    return NOW


def _person(email: str, name: str, role: Role) -> Person:
    person = accounts.add_person(email=email, name=name, by=SYSTEM, at=NOW)
    Appointment.objects.create(person=person, role=role, from_on=date(2026, 1, 1))
    return person


@pytest.fixture
def officer(db: None) -> Person:
    """An education officer: may import."""
    return _person("officer@myndigheten.example", "Ofelia Officer", Role.EDUCATION_OFFICER)


@pytest.fixture
def supporter(db: None) -> Person:
    """A process supporter: may not."""
    return _person("stod@myndigheten.example", "Pia Process", Role.PROCESS_SUPPORTER)


def kolada(values: dict[str, Any], *, year: int = 2022, kpi: str = "n15505") -> bytes:
    """A Kolada file: municipality code to figure (empty: missing)."""
    lines = [f"geo,year,{kpi}", *(f"{code},{year},{value}" for code, value in values.items())]
    return ("\n".join(lines) + "\n").encode()


def statistics(values: dict[str, str], *, year: str = "2024/25") -> bytes:
    """Skolverket's pupils per grade, with the share of foreign background given and the rest alike."""
    head = "Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;Andel (%) elever med utländsk bakgrund, åk 1-9;"
    lines = [
        "\ufeffStatistik från Skolverket, https://www.skolverket.se",
        "",
        "Grundskola - Antal elever per årskurs",
        f"Valt läsår: {year}",
        "",
        head,
        *(f"{NAMES[code]};{code};Ett län;{code[:2]};Kommunal;{value};" for code, value in values.items()),
        "",
        "Rapportbeskrivning och definitioner etc.",
    ]
    return ("\n".join(lines) + "\n").encode()


@pytest.fixture
def import_now(db: None) -> Callable[..., imports.ImportReport]:
    """Import files (name to bytes) in one go, as the system unless somebody is named."""

    def run(files: dict[str, bytes], **options: Any) -> imports.ImportReport:
        return imports.import_files(files=list(files.items()), **{"by": SYSTEM, "at": NOW, **options})

    return run


@pytest.fixture
def batch_of() -> Callable[[imports.ImportReport], ImportBatch]:
    """The batch of a report."""
    return lambda report: ImportBatch.objects.get(key=report.key)


def standing() -> dict[tuple[str, str, str], tuple[str, str]]:
    """What counts now: (indicator, subject, period) to (figure, mark)."""
    rows = IndicatorValue.objects.filter(superseded_by__isnull=True).select_related("definition")
    return {
        (row.definition.indicator_id, row.subject_code, row.period): (
            "" if row.value is None else format(row.value.normalize(), "f"),
            row.mark,
        )
        for row in rows
    }
