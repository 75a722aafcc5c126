"""The municipality table renews names and population, and is withdrawn like any import."""

from __future__ import annotations

from samspel.registry.models import Municipality
from samspel.registry.operations import imports
from tests.registry.conftest import NOW

HEAD = "kommunkod,kommun,kommun_fullt_namn,lanskod,lan,orgnr,folkmangd,folkmangd_ar"


def table(population: int, year: int) -> dict[str, bytes]:
    """A table of one municipality."""
    row = f"0114,Upplands Väsby,Upplands Väsby kommun,01,Stockholms län,212000-0019,{population},{year}"
    return {"kommuner.csv": f"{HEAD}\n{row}\n".encode()}


def population() -> tuple[int | None, int | None, str]:
    """What the registry says of Upplands Väsby."""
    found = Municipality.objects.get(code="0114")
    return found.population, found.population_year, found.source


def test_a_newer_population_takes_the_olders_place_and_names_its_file(import_now):
    report = import_now(table(50_123, 2024))

    assert report.difference["municipalities"] == {"new": 0, "changed": 1, "gone": 0, "unchanged": 0}
    assert population() == (50_123, 2024, "kommuner.csv")


def test_an_older_population_changes_nothing(import_now):
    before = population()

    report = import_now(table(40_000, 2010))

    assert report.difference["municipalities"]["unchanged"] == 1 and population() == before


def test_withdrawing_brings_the_facts_back(import_now, batch_of, officer):
    before = population()
    batch = batch_of(import_now(table(50_123, 2024)))

    imports.withdraw(batch=batch, by=officer, at=NOW)

    assert population() == before
