"""Makes the published figures that the demo carries over as facts, as plain tables, from official files.

    SAMSPEL_OFFICIAL_FILES=<folder> python scripts/make_published_figures.py

The municipal schools (*Kommunal*) of the 290 municipalities, from 2018 on; low economic standard is of all inhabitants.
Writes src/samspel/registry/facts/published/*.csv, each row with the publisher's table and the day it was taken out.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from samspel.registry.rules.official import INDICATORS, ReadFile, Value, read

PUBLISHED = Path(__file__).resolve().parent.parent / "src" / "samspel" / "registry" / "facts" / "published"
HEADING = ("Indikator", "Subjekt", "Typ av huvudman", "År", "Värde", "Källa")
FROM_YEAR = "2018"
# The day Kolada's figures were read from its database, by the publisher of the collection used.
KOLADA_DAY = date(2024, 8, 30)
# The latest day on which Skolverket's exports can have been taken out; these files do not say it themselves.
SKOLVERKET_DAY = date(2026, 2, 9)
KOLADA = ("n15902", "n15822", "n15820", "n15505", "n15419", "n15809", "n66077")
SKOLVERKET = {
    "Grundskola - Antal elever per årskurs * Kommun.csv": ("foreign_background", "parents_post_secondary"),
    "Grundskola - Jämförelse av betygsresultat över tid * Kommun_Åk9.xlsx": ("merit_value_17", "all_subjects_passed"),
}
_SLICES = {"all": "Samtliga", "municipal": "Kommunal"}


def rows_of(file: ReadFile, keys: Iterable[str], source: Callable[[Value], str]) -> list[tuple[str, ...]]:
    """The municipal rows of some indicators, as rows of a plain table."""
    wanted, found = set(keys), []
    for value in file.values:
        slice_wanted = (
            INDICATORS[value.indicator_key].slice if value.indicator_key.startswith("kolada") else "municipal"
        )
        is_wanted = value.indicator_key in wanted and value.subject_kind == "municipality" and value.sex == "all"
        if is_wanted and value.slice == slice_wanted and value.period_label >= FROM_YEAR:
            found.append(
                (
                    value.indicator_key,
                    value.subject_code,
                    _SLICES[value.slice],
                    value.period_label,
                    _written(value),
                    source(value),
                )
            )
    return found


def _written(value: Value) -> str:
    if value.value is not None:
        return value.value
    return {"missing": ".", "suppressed": ".."}.get(value.mark, value.note or ".")


def write(name: str, rows: list[tuple[str, ...]]) -> None:
    """One plain table, by municipality and year."""
    with (PUBLISHED / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADING)
        writer.writerows(sorted(rows))


def main() -> None:
    """Write every table."""
    folder = Path(os.environ["SAMSPEL_OFFICIAL_FILES"])
    for kpi in KOLADA:
        path = folder / "kolada" / "datapoints_by--geo--year" / f"ddf--datapoints--{kpi}--by--geo--year.csv"
        told = f"Kolada (RKA), {kpi.upper()}, hämtad {KOLADA_DAY.isoformat()}"
        write(f"kolada_{kpi}", rows_of(_read(path), [f"kolada_{kpi}"], lambda value, told=told: told))
    for pattern, keys in SKOLVERKET.items():
        for key in keys:
            rows = []
            for path in sorted((folder / "skolverket_export").glob(pattern)):
                file = _read(path)
                on = f"uttag {file.extracted_on}" if file.extracted_on else f"hämtad senast {SKOLVERKET_DAY}"
                told = f"Skolverket, {file.title.removeprefix('Grundskola - ')}, {on}"
                rows += rows_of(file, [key], lambda value, told=told: told)
            write(key, rows)


def _read(path: Path) -> ReadFile:
    file = read(path.name, path.read_bytes())
    if file.errors:
        raise SystemExit(f"{path}: {file.errors[0]}")
    return file


if __name__ == "__main__":
    main()
