"""Writes what an extract of the register changes, and takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import ProtectedError

from samspel.kernel.audit import record_many
from samspel.registry.models import ImportBatch, Organizer, SchoolUnit, SchoolUnitForm
from samspel.registry.operations.imports.refusals import RegisterInUse
from samspel.registry.operations.imports.register import (
    BATCH,
    ORGANIZER_FIELDS,
    UNIT_FIELDS,
    RegisterDifference,
)


def write(found: RegisterDifference, batch: ImportBatch, *, by: Any, at: datetime) -> dict[str, Any]:
    """Write it all, each thing on record. Returns what is needed to take it back: new keys, old fields of the rest."""
    Organizer.objects.bulk_create(found.organizers.new, batch_size=BATCH)
    Organizer.objects.bulk_update(
        found.organizers.changed + found.organizers.gone,
        [name.removesuffix("_id") for name in ORGANIZER_FIELDS],
        batch_size=500,
    )
    ids = dict(Organizer.objects.values_list("organization_number", "pk"))
    for unit in found.units.new + found.units.changed:
        unit.organizer_id = ids[unit.told_number]
        unit.batch = batch
    SchoolUnit.objects.bulk_create(found.units.new, batch_size=BATCH)
    SchoolUnit.objects.bulk_update(
        found.units.changed + found.units.gone,
        [*(name.removesuffix("_id") for name in UNIT_FIELDS), "batch"],
        batch_size=500,
    )
    _write_forms(found.units.new + found.units.changed, found.forms)
    for noun, told in (("organizer", found.organizers), ("school_unit", found.units)):
        for deed, things in (("registered", told.new), ("changed", told.changed), ("ended", told.gone)):
            record_many(action=f"registry.{noun}.{deed}", on=things, by=by, at=at, batch=batch.key)
    return {
        "new_organizers": [row.organization_number for row in found.organizers.new],
        "organizers": found.organizers.old,
        "new_units": [row.code for row in found.units.new],
        "units": found.units.old,
    }


def _write_forms(units: Iterable[SchoolUnit], forms: Mapping[str, Iterable[Any]]) -> None:
    with_new = [unit for unit in units if unit.code in forms]
    SchoolUnitForm.objects.filter(unit__in=[unit.pk for unit in with_new]).delete()
    SchoolUnitForm.objects.bulk_create(
        [
            SchoolUnitForm(unit=unit, form=form, grades=grades, pupils=pupils)
            for unit in with_new
            for form, grades, pupils in forms[unit.code]
        ],
        batch_size=BATCH,
    )


def take_back(undo: Mapping[str, Any], *, by: Any, at: datetime) -> None:
    """Put the register back as it stood before. Raises RegisterInUse if something stands on a row that would go."""
    try:
        SchoolUnit.objects.filter(code__in=undo["new_units"]).delete()
        units, organizers = _restore_units(undo["units"]), _restore_organizers(undo["organizers"])
        Organizer.objects.filter(organization_number__in=undo["new_organizers"]).delete()
    except ProtectedError as error:
        raise RegisterInUse from error
    record_many(action="registry.school_unit.restored", on=units, by=by, at=at)
    record_many(action="registry.organizer.restored", on=organizers, by=by, at=at)


def _restore_organizers(told: list[dict[str, Any]]) -> list[Organizer]:
    held = Organizer.objects.in_bulk([row["organization_number"] for row in told], field_name="organization_number")
    for row in told:
        _fill(held[row["organization_number"]], row, ORGANIZER_FIELDS)
    names = [name.removesuffix("_id") for name in ORGANIZER_FIELDS]
    Organizer.objects.bulk_update(held.values(), names, batch_size=500)
    return list(held.values())


def _restore_units(told: list[dict[str, Any]]) -> list[SchoolUnit]:
    held = SchoolUnit.objects.in_bulk([row["code"] for row in told], field_name="code")
    for row in told:
        _fill(held[row["code"]], row, UNIT_FIELDS)
    names = [name.removesuffix("_id") for name in UNIT_FIELDS]
    SchoolUnit.objects.bulk_update(held.values(), names, batch_size=500)
    _write_forms(held.values(), {row["code"]: row["forms"] for row in told})
    return list(held.values())


def _fill(thing: Any, row: Mapping[str, Any], fields: Iterable[str]) -> None:
    for name in fields:
        setattr(thing, name, row[name])
