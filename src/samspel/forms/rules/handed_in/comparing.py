"""How what a filled PDF says stands beside what the system has, field by field, three ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samspel.forms.rules import paths
from samspel.forms.rules.handed_in.reading import ReadField


class Standing(StrEnum):
    """How a field of the PDF stands to the system.

    same: both say the same; only_pdf: changed in the PDF alone; both: changed in both; only_system: not touched in the
    PDF; row_gone: of a row that has been taken away since; fault: no value of the field.
    """

    SAME = "same"
    ONLY_PDF = "only_pdf"
    BOTH = "both"
    ONLY_SYSTEM = "only_system"
    ROW_GONE = "row_gone"
    FAULT = "fault"


@dataclass(frozen=True)
class Compared:
    """One field, three ways: as the sheet was taken out, as it stands now, as the PDF says."""

    path: str
    was: Any
    now: Any
    read: ReadField
    standing: Standing

    @property
    def is_to_decide(self) -> bool:
        """Whether somebody says which is to stand."""
        return self.standing in (Standing.ONLY_PDF, Standing.BOTH)


@dataclass(frozen=True)
class Unit:
    """What is decided as one: a field, or a row that comes or goes, with its cells after it.

    standing: of the field, or of the row.
    """

    path: str
    standing: Standing
    fields: tuple[Compared, ...]

    @property
    def is_to_decide(self) -> bool:
        """Whether somebody says which is to stand."""
        return self.standing in (Standing.ONLY_PDF, Standing.BOTH)

    @property
    def is_row(self) -> bool:
        """Whether it is a row, that comes or goes."""
        where = paths.parse(self.path)
        return bool(where.row and not where.column)


def units(fields: list[Compared]) -> list[Unit]:
    """What is to be decided, each with its fields, in their order."""
    rows = {each.path for each in fields if each.path.count("/") == 1}
    found: dict[str, list[Compared]] = {}
    for each in fields:
        where = paths.parse(each.path)
        row = f"{where.question}/{where.row}"
        found.setdefault(row if row in rows else each.path, []).append(each)
    return [Unit(path, parts[0].standing, tuple(parts)) for path, parts in found.items()]


def compared(read: Mapping[str, ReadField], base: Mapping[str, Any], now: Mapping[str, Any]) -> list[Compared]:
    """Every field that was read, in the order read. base: as the sheet was taken out, empty for a blank one."""
    return [_compared(path, field, base, now) for path, field in read.items()]


def _compared(path: str, field: ReadField, base: Mapping[str, Any], now: Mapping[str, Any]) -> Compared:
    return Compared(path, base.get(path), now.get(path), field, _standing(path, field, base, now))


def _standing(path: str, field: ReadField, base: Mapping[str, Any], now: Mapping[str, Any]) -> Standing:
    was, stands = base.get(path), now.get(path)
    row = paths.parse(path)
    if field.fault:
        return Standing.FAULT
    if row.row and not row.column:
        return _row_standing(path, field, base, now)
    row_path = f"{row.question}/{row.row}"
    if row.row and row_path in base and row_path not in now:
        return Standing.ONLY_SYSTEM if field.value == was else Standing.ROW_GONE
    if field.value == stands:
        return Standing.SAME
    if field.value == was:
        return Standing.ONLY_SYSTEM
    return Standing.ONLY_PDF if stands == was else Standing.BOTH


def _row_standing(path: str, field: ReadField, base: Mapping[str, Any], now: Mapping[str, Any]) -> Standing:
    if field.is_new_row == (path in now):
        return Standing.SAME
    if field.is_new_row:
        return Standing.ONLY_PDF
    # Emptied in the PDF; whoever wrote in the row meanwhile may not mean it to go.
    cells = {each for each in (*base, *now) if each.startswith(f"{path}/")}
    is_touched = any(base.get(cell) != now.get(cell) for cell in cells)
    return Standing.BOTH if is_touched else Standing.ONLY_PDF
