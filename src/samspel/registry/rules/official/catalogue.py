"""The catalogue of indicators and of the reports that carry them, read from the files of `registry/indicators`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from samspel.registry.rules.official.cells import Cells
from samspel.registry.rules.official.headings import fold, heading

UNITS_OF_MEASURE = (
    "percent",
    "points",
    "count",
    "sek",
    "sek_thousand",
    "ratio",
    "fte",
    "grade_points",
    "index",
)
_YEARS = ("spring", "autumn", "calendar")


@dataclass(frozen=True)
class DefinitionVersion:
    """From which school year or year a definition holds, and what changed."""

    version: int
    starts: str
    change_sv: str
    change_en: str


@dataclass(frozen=True)
class IndicatorDefinition:
    """An indicator: what it measures, in what, by whose figures, and what to beware of.

    `version` is the newest definition; `version_for` gives the one of a period. `series_breaks` are the labels of the
    periods where a series is not to be read across. `year` tells a Kolada year's meaning: spring (Y is the school year
    Y-1/Y), autumn (Y/Y+1) or calendar. `slice` is whose schools a Kolada figure speaks of.
    """

    key: str
    version: int
    name_sv: str
    name_en: str
    unit_of_measure: str
    authority: str
    caveat_sv: str = ""
    caveat_en: str = ""
    series_breaks: tuple[str, ...] = ()
    decimals: int = 1
    versions: tuple[DefinitionVersion, ...] = ()
    signed: bool = False
    most: float | None = None
    zero_is_missing: bool = False
    kolada: str = ""
    year: str = ""
    slice: str = "all"

    def version_for(self, period_label: str) -> int:
        """The definition in force in a period (`2024/25` or `2024`)."""
        found = 1
        for change in self.versions:
            if period_label[:4] >= change.starts[:4]:
                found = change.version
        return found

    def cells(self, **syntax: bool) -> Cells:
        """A reader of this indicator's cells, with its limits."""
        most = 100.0 if self.unit_of_measure == "percent" else self.most
        whole = self.unit_of_measure == "count"
        least = None if self.signed else 0
        return Cells(least=least, most=most, whole=whole, zero_is_missing=self.zero_is_missing, **syntax)


@dataclass(frozen=True)
class Report:
    """A report of Skolverket's: how its title begins, and heading to indicator key ({subject} in national tests)."""

    title: str
    columns: Mapping[str, str]
    written: tuple[str, ...]
    federations: bool
    by_test_subject: bool


def _files() -> Iterator[dict[str, Any]]:
    folder = resources.files("samspel.registry") / "indicators"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            yield tomllib.loads(file.read_text(encoding="utf-8"))


def _variants(entry: dict[str, Any], subjects: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, str]]:
    if "grades" in entry:
        yield from ({"grade": grade} for grade in entry["grades"])
    elif "{subject}" in entry.get("key", ""):
        yield from ({"subject": s["slug"], "subject_sv": s["sv"], "subject_en": s["en"]} for s in subjects.values())
    else:
        yield {}


def _definition(entry: dict[str, Any], words: dict[str, str]) -> IndicatorDefinition:
    versions = tuple(
        DefinitionVersion(v["version"], v["from"], v["change_sv"], v["change_en"]) for v in entry.get("versions", ())
    )
    kolada = entry.get("kolada", "")
    year, unit = entry.get("year", ""), entry["unit"]
    if unit not in UNITS_OF_MEASURE or bool(kolada) != (year in _YEARS):
        raise ValueError(f"indicator {entry}")
    return IndicatorDefinition(
        key=entry.get("key", f"kolada_{kolada.lower()}").format(**words),
        version=versions[-1].version if versions else 1,
        name_sv=entry["name_sv"].format(**words),
        name_en=entry["name_en"].format(**words),
        unit_of_measure=unit,
        authority=entry.get("authority", "Kolada (RKA)" if kolada else "Skolverket"),
        caveat_sv=entry.get("caveat_sv", ""),
        caveat_en=entry.get("caveat_en", ""),
        series_breaks=tuple(entry.get("series_breaks", [v.starts for v in versions])),
        decimals=entry.get("decimals", 1),
        versions=versions,
        signed=entry.get("signed", False),
        most=entry.get("most"),
        zero_is_missing=entry.get("zero_is_missing", False),
        kolada=kolada,
        year=year,
        slice=entry.get("slice", "all"),
    )


@cache
def indicators() -> Mapping[str, IndicatorDefinition]:
    """Key to definition, in the order of the files."""
    found: dict[str, IndicatorDefinition] = {}
    for file in _files():
        for entry in file.get("indicator", ()):
            for words in _variants(entry, file.get("subjects", {})):
                definition = _definition(entry, words)
                if definition.key in found:
                    raise ValueError(f"indicator {definition.key} twice")
                found[definition.key] = definition
    return found


@cache
def kolada_indicators() -> Mapping[str, IndicatorDefinition]:
    """Kolada id in lower case (`n15505`) to definition."""
    return {d.kolada.lower(): d for d in indicators().values() if d.kolada}


@cache
def subjects_of_tests() -> Mapping[str, str]:
    """Folded Swedish name of a subject of the national tests to its part of an indicator key."""
    return {fold(name): words["slug"] for file in _files() for name, words in file.get("subjects", {}).items()}


@cache
def reports() -> tuple[Report, ...]:
    """Every known report, the longest title first."""
    found = [
        Report(
            title=entry["title"],
            columns={heading(written): key for written, key in entry["columns"].items()},
            written=tuple(entry["columns"]),
            federations=entry.get("federations", False),
            by_test_subject=any("{subject}" in key for key in entry["columns"].values()),
        )
        for file in _files()
        for entry in file.get("report", ())
    ]
    return tuple(sorted(found, key=lambda report: -len(report.title)))


def report_of(title: str) -> Report | None:
    """The report a title belongs to. SALSA's titles differ from year to year and share only the word."""
    folded = fold(title)
    for report in reports():
        if folded.startswith(fold(report.title)) or (report.title == "SALSA" and "salsa" in folded):
            return report
    return None
