"""The figures the demo carries: real, small, each with its source, imported once."""

from __future__ import annotations

import pytest

from samspel.registry.demo import figures
from samspel.registry.models import ImportBatch, IndicatorValue
from tests.registry.conftest import NOW


def test_the_shipped_tables_are_small():
    assert sum(path.stat().st_size for path in figures.PUBLISHED.glob("*.csv")) < 1_800_000


def test_filling_twice_imports_once(db):
    figures.fill(NOW)
    figures.fill(NOW)

    assert ImportBatch.objects.count() == 1
    newly_arrived = IndicatorValue.objects.filter(definition__indicator="kolada_n15902", period="2022/23")
    assert newly_arrived.count() == 290
    assert not IndicatorValue.objects.filter(note="").exists()


@pytest.mark.official_files
def test_the_shipped_tables_say_what_the_official_files_say(official_files):
    import csv

    kolada = official_files / "kolada" / "datapoints_by--geo--year" / "ddf--datapoints--n15505--by--geo--year.csv"
    told = {(row["geo"], int(row["year"])): row["n15505"] for row in csv.DictReader(kolada.open(encoding="utf-8"))}
    shipped = list(csv.DictReader((figures.PUBLISHED / "kolada_n15505.csv").open(encoding="utf-8")))

    assert len(shipped) == 290 * 4
    assert [row for row in shipped if float(told[row["Subjekt"], int(row["År"][:4]) + 1]) != float(row["Värde"])] == []
