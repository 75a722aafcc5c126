"""What reading an official file gives: its kind, its cleaned rows, and every fault as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from samspel.registry.rules.official.faults import Fault

SLICES = ("all", "municipal", "private", "state", "region", "intl")
SEXES = ("all", "girls", "boys")
MARKS = ("exact", "missing", "suppressed", "interval", "approximate")
SUBJECT_KINDS = ("municipality", "organizer", "school_unit", "country", "region")


class Kind(StrEnum):
    """What a file is, judged by what stands in it."""

    SCHOOL_UNIT_REGISTER = "school_unit_register"
    STATISTICS_MUNICIPALITY = "statistics_municipality"
    STATISTICS_SCHOOL_UNIT = "statistics_school_unit"
    KOLADA = "kolada"
    MUNICIPALITIES = "municipalities"
    PLAIN_TABLE = "plain_table"
    UNKNOWN = "unknown"


class Value(NamedTuple):
    """One published figure, in the order a COPY takes it.

    `value` is text with a decimal point, or None where the mark says why there is none. `row` is the row of the file,
    from 1. `note` is what stood there when it was more than a number (`~100`, `cirka 270`), or a plain table's source.
    """

    indicator_key: str
    definition_version: int
    subject_kind: str
    subject_code: str
    slice: str
    sex: str
    period_kind: str
    period_label: str
    value: str | None
    mark: str
    row: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of the municipality table. `organization_number` is ten digits."""

    code: str
    name: str
    full_name: str
    county_code: str
    county_name: str
    organization_number: str
    population: int | None
    population_year: int | None
    row: int


@dataclass(frozen=True, slots=True)
class Organizer:
    """An organizer. `type` is one of the registry's organizer types, `forms` register codes (GR, GY …)."""

    organization_number: str
    name: str
    type: str
    legal_form: str
    forms: tuple[str, ...]
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Offering:
    """A school form at a unit: register code, grades ("F", "1" … "10"), pupils by grade and in all (None: not told)."""

    form: str
    grades: tuple[str, ...]
    pupils_by_grade: tuple[tuple[str, int], ...]
    pupils: int | None


@dataclass(frozen=True, slots=True)
class SchoolUnit:
    """A school unit with its organizer and municipality as codes. No person, address, mail or phone is ever read."""

    code: str
    name: str
    municipality_code: str
    organization_number: str
    orientation: str
    offerings: tuple[Offering, ...]
    sheet: str
    row: int


@dataclass(frozen=True)
class Known:
    """What the register knows already, for checks beyond shape. Empty: only the shape is checked.

    municipalities: code to name. federations: `federation_key(name)` to organization number.
    indicators: keys beyond the catalogue that a plain table may name.
    """

    municipalities: Mapping[str, str] = field(default_factory=dict)
    federations: Mapping[str, str] = field(default_factory=dict)
    indicators: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ReadFile:
    """A file as read. A file with errors is not to be imported; `values` then stands empty."""

    name: str
    digest: str
    kind: Kind
    rows: int = 0
    values: list[Value] = field(default_factory=list)
    organizers: tuple[Organizer, ...] = ()
    school_units: tuple[SchoolUnit, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    # Rows passed over, by reason.
    skipped: Mapping[str, int] = field(default_factory=dict)
    # At most FAULTS_LISTED; error_count has them all.
    errors: tuple[Fault, ...] = ()
    error_count: int = 0
    # Oddities that do not stop the import.
    notices: tuple[Fault, ...] = ()
    # Mark to how many values carry it.
    marks: Mapping[str, int] = field(default_factory=dict)
    extracted_on: date | None = None
    title: str = ""
