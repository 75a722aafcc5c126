"""Every official file at hand, in one import, with the counts that its source states."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from samspel.registry.models import IndicatorValue
from samspel.registry.queries import figures

pytestmark = pytest.mark.official_files

# Data rows as stated where the files were collected; the sheets of a workbook together.
STATED_ROWS = {
    "behorighet_grundskola_2024_25.csv": 2139,
    "Grundskola - Jämförelse av betygsresultat över tid 2025 Kommun_Åk9.xlsx": 2610 + 2610 + 1251,
    "Grundskola - Slutbetyg årskurs 9, samtliga elever 2025 Skolenhet.csv": 1714,
}


def _bytes(paths: list[Path]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in paths}


def test_skolverkets_exports_come_in_whole(official_files, import_now):
    files = _bytes(sorted((official_files / "skolverket_export").iterdir()))

    report = import_now(files)

    rows = {file.name: file.rows for file in report.files}
    assert len(rows) == 29 and {name: rows[name] for name in STATED_ROWS} == STATED_ROWS
    # What two exports tell alike (the same table as CSV and XLSX) counts once.
    assert report.difference["values"]["new"] == figures.current().count() == 329_402
    assert sum(file.values for file in report.files) == 338_438
    assert {"exact", "missing", "suppressed", "interval"} <= set().union(*(file.marks for file in report.files))


def test_koladas_files_come_in_whole_with_a_row_for_every_figure(official_files, import_now):
    folder = official_files / "kolada" / "datapoints_by--geo--year"
    paths = [folder / f"ddf--datapoints--{kpi}--by--geo--year.csv" for kpi in ("n15505", "n15902", "n15419", "n66077")]

    report = import_now(_bytes(paths))

    for file, path in zip(report.files, paths, strict=True):
        with path.open(encoding="utf-8", newline="") as stream:
            told = list(csv.DictReader(stream))
        blank = sum(1 for row in told if not list(row.values())[2])
        assert (file.rows, file.values, file.marks.get("missing", 0)) == (len(told), len(told), blank)
    assert IndicatorValue.objects.count() == sum(file.values for file in report.files)
