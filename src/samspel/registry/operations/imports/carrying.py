"""Carries what an import brings into the registry: compares, and writes when told to. One import at a time."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from samspel.registry.models import BatchState, ImportBatch, ImportedFile
from samspel.registry.operations.imports import catalogue, municipality_table, register, register_writing, values
from samspel.registry.operations.imports.refusals import ExtractTooOld, ImportRefused
from samspel.registry.operations.imports.reports import FileReport
from samspel.registry.operations.imports.staging import Staged, name_definitions, put
from samspel.registry.rules.official import Fault

# Any number, the same in every process: two imports never write at once.
LOCK = 7_021_990


@dataclass
class Compared:
    """What an import would change, kind by kind; None where it brings nothing of the kind."""

    values: values.Difference
    register: register.RegisterDifference | None
    municipalities: municipality_table.TableDifference | None

    def told(self) -> dict[str, Any]:
        """For keeping with the batch and for showing: counts by kind and by file."""
        told: dict[str, Any] = {"values": self.values.counts}
        told["files"] = {str(place): dict(counts) for place, counts in self.values.by_file.items()}
        if self.register is not None:
            told["organizers"] = self.register.organizers.counts
            told["units"] = self.register.units.counts
        if self.municipalities is not None:
            told["municipalities"] = self.municipalities.counts
        return told


def take_lock() -> None:
    """Wait until no other import writes; the lock goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def hold_off() -> None:
    """Keep imports from writing until this transaction ends, and wait for one that does: for whoever reads much."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def compare(staged: Staged, files: list[FileReport], as_of: date) -> Compared:
    """Lay the values in the temporary table and compare everything with what the registry holds.

    Raises ImportRefused if two files tell the same value differently, ExtractTooOld for an old register extract.
    """
    put(staged, catalogue.definition_ids(staged.definitions))
    if len(files) > 1 and (found := values.conflicts()):
        raise ImportRefused(_told_conflicts(found, files, staged))
    compared = values.compare([file.kind for file in files])
    return Compared(compared, _compare_register(staged, as_of), _compare_municipalities(staged, files, as_of))


def _compare_register(staged: Staged, as_of: date) -> register.RegisterDifference | None:
    if staged.register is None:
        return None
    applied = ImportBatch.objects.filter(state=BatchState.APPLIED)
    shown = applied.aggregate(day=Max("register_as_of"))["day"]
    if shown and as_of < shown:
        raise ExtractTooOld(as_of, shown)
    return register.compare(staged.register, as_of)


def _compare_municipalities(
    staged: Staged, files: list[FileReport], as_of: date
) -> municipality_table.TableDifference | None:
    if staged.municipalities is None:
        return None
    names = ", ".join(file.name for file in files if file.kind == "municipalities")
    return municipality_table.compare(staged.municipalities, names, as_of)


def _told_conflicts(found: list[values.Conflict], files: list[FileReport], staged: Staged) -> list[FileReport]:
    faults = [
        Fault(
            "files_disagree",
            files[one.second_file - 1].name,
            row=one.second_row,
            stood=_named(one, staged),
            expected="as_other_file",
            among=(files[one.first_file - 1].name, str(one.first_row)),
        )
        for one in found
    ]
    return [file.with_errors([fault for fault in faults if fault.file == file.name]) for file in files]


def _named(one: values.Conflict, staged: Staged) -> str:
    series = staged.series[one.series - 1]
    return f"{one.subject_code} {series.indicator} {series.period}"


def write(staged: Staged, compared: Compared, batch: ImportBatch, *, by: Any, at: datetime) -> None:
    """Write it all into the registry, as the batch's."""
    if staged.series:
        catalogue.carry_in(staged.definitions)
        name_definitions(staged, catalogue.definition_ids(staged.definitions))
        file_ids = list(ImportedFile.objects.filter(batch=batch).order_by("id").values_list("pk", flat=True))
        values.write(compared.values, file_ids, batch.pk)
    undo: dict[str, Any] = {}
    if compared.register is not None:
        undo["register"] = register_writing.write(compared.register, batch, by=by, at=at)
    if compared.municipalities is not None:
        undo["municipalities"] = municipality_table.write(compared.municipalities)
    batch.undo = zlib.compress(json.dumps(undo).encode()) if undo else None
