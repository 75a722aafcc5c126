"""What kind a table is, judged by its headings and never by the file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samspel.registry.rules.official.headings import fold, tidy
from samspel.registry.rules.official.results import Kind
from samspel.registry.rules.official.tables import Row

# The heading stands within the first rows: the longest preamble seen is twelve lines.
HEADING_WITHIN = 60

_KPI = re.compile(r"[nu][0-9]{5}")
MUNICIPALITY_TABLE = ("kommunkod", "kommun", "kommunfulltnamn", "lanskod", "lan", "orgnr", "folkmangd", "folkmangdar")

# Headings of a plain table, folded, in Swedish and English.
PLAIN_HEADINGS = {
    "indicator": ("indikator", "indicator", "indikatornyckel", "indicatorkey"),
    "subject": (
        "subjekt",
        "subject",
        "kod",
        "code",
        "skolenhetskod",
        "schoolunitcode",
        "organisationsnummer",
        "organisationsnr",
        "orgnr",
        "organizationnumber",
        "organisationnumber",
        "kommunkod",
        "municipalitycode",
        "kommun",
        "municipality",
        "huvudman",
        "organizer",
        "skolenhet",
        "schoolunit",
    ),
    "value": ("värde", "value"),
    "year": ("år", "läsår", "year", "schoolyear", "period"),
    "source": ("källa", "source"),
}


def plain_columns(row: Row) -> dict[str, int] | None:
    """Where the columns of a plain table stand, or None when a needed one is not there."""
    folded = [fold(cell) for cell in row]
    found: dict[str, int] = {}
    for part, words in PLAIN_HEADINGS.items():
        # A code goes before a name when both stand there.
        place = next((folded.index(word) for word in words if word in folded), None)
        if place is None:
            return None
        found[part] = place
    return found


def kind_of_row(row: Row) -> Kind | None:
    """The kind whose heading this row is, or None."""
    if len(row) < 3 or not str(row[0]).strip():
        return None
    folded = [fold(cell) for cell in row[:200]]
    first = folded[0]
    if first in ("kommun", "kommunkod") and ("typavhuvudman" in folded or "uppgift" in folded):
        return Kind.STATISTICS_MUNICIPALITY
    if first == "kommun" and folded[1] == "kommunkod" and {"län", "länskod"} & set(folded):
        return Kind.STATISTICS_MUNICIPALITY
    if first in ("skola", "skolenhetskod") and "skolenhetskod" in folded and "typavhuvudman" in folded:
        return Kind.STATISTICS_SCHOOL_UNIT
    if "geo" in folded and "year" in folded and _KPI.fullmatch(folded[-1] or folded[-2]):
        return Kind.KOLADA
    if first == "kommunkod" and {"kommun", "lanskod", "orgnr"} <= set(folded):
        return Kind.MUNICIPALITIES
    if plain_columns(row):
        return Kind.PLAIN_TABLE
    return None


def is_register_heading(row: Row) -> bool:
    """Whether a workbook's row heads a sheet of the school-unit register: capitals, as its extracts have them."""
    cells = {tidy(cell) for cell in row[:200]}
    return {"ORGANISATIONSNR", "HUVUDMANNATYP", "NAMN"} <= cells


def heading_place(rows: Sequence[Row]) -> tuple[Kind, int] | None:
    """The kind of a table and the index of its heading among the rows."""
    for place, row in enumerate(rows[:HEADING_WITHIN]):
        if kind := kind_of_row(row):
            return kind, place
    return None
