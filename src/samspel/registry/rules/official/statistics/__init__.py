"""Skolverket's statistics exports: by municipality and by school unit, headings in one row or two, wide and long."""

from __future__ import annotations

from collections.abc import Sequence

from samspel.registry.rules.official.cells import Cells
from samspel.registry.rules.official.gathering import Gathering
from samspel.registry.rules.official.recognition import heading_place
from samspel.registry.rules.official.results import Kind
from samspel.registry.rules.official.statistics.layout import PARTS, table_of
from samspel.registry.rules.official.statistics.rows import Rows
from samspel.registry.rules.official.tables import Sheet


def read(sheets: Sequence[Sheet], out: Gathering) -> Kind:
    """Add the values of every sheet that has a table; the kind is the first table's."""
    found: Kind | None = None
    cells: dict[str, Cells] = {}
    seen: set[tuple[object, ...]] = set()
    for sheet in sheets:
        place = heading_place(sheet.rows)
        if place is None or place[0] not in PARTS:
            continue
        found = found or place[0]
        if table := table_of(sheet, place[0], place[1], out):
            Rows(table, out, cells, seen).read()
    return found or Kind.STATISTICS_MUNICIPALITY
