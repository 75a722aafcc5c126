"""Withdraws an import: what it brought no longer counts, and what it replaced counts again."""

from __future__ import annotations

import json
import zlib
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from samspel.kernel.audit import record
from samspel.registry.models import BatchState, ImportBatch, IndicatorValue
from samspel.registry.operations.imports import carrying, municipality_table, register_writing
from samspel.registry.operations.imports.batches import locked, require_may_import
from samspel.registry.operations.imports.refusals import WithdrawalRefused

# Imports that took the place of this one's values, and those that filled a place which this one emptied.
LATER = """
SELECT superseded_by_id FROM registry_indicatorvalue v JOIN registry_importedfile f ON f.id = v.file_id
WHERE f.batch_id = %(batch)s AND v.superseded_by_id IS NOT NULL
UNION
SELECT f.batch_id
FROM registry_indicatorvalue old
JOIN registry_indicatorvalue v
  ON v.subject_code = old.subject_code AND v.definition_id = old.definition_id AND v.period = old.period
 AND v.slice = old.slice AND v.sex = old.sex AND v.subject_kind = old.subject_kind AND v.superseded_by_id IS NULL
JOIN registry_importedfile f ON f.id = v.file_id
WHERE old.superseded_by_id = %(batch)s AND f.batch_id <> %(batch)s
"""


@transaction.atomic
def withdraw(*, batch: ImportBatch, by: Any, at: datetime) -> ImportBatch:
    """Take an import back. Its rows stay, as superseded by itself; nothing is deleted but what it alone brought.

    Raises WithdrawalRefused naming the later imports that must go first, RegisterInUse, ImportNotOpen,
    PermissionDenied.
    """
    carrying.take_lock()
    batch = locked(batch, BatchState.APPLIED)
    require_may_import(by, at)
    if later := _later(batch):
        raise WithdrawalRefused([(str(one.key), _named(one)) for one in later])
    brought = IndicatorValue.objects.filter(file__batch=batch).update(superseded_by=batch)
    restored = IndicatorValue.objects.filter(superseded_by=batch).exclude(file__batch=batch).update(superseded_by=None)
    _take_back_register(batch, by, at)
    batch.state, batch.withdrawn_at, batch.undo = BatchState.WITHDRAWN, at, None
    batch.save(update_fields=["state", "withdrawn_at", "undo"])
    record(action="registry.import.withdrawn", on=batch, by=by, at=at, withdrawn=brought, restored=restored)
    return batch


def _later(batch: ImportBatch) -> list[ImportBatch]:
    """Applied imports that stand on this one, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(LATER, {"batch": batch.pk})
        found = {row[0] for row in cursor.fetchall()}
    applied = ImportBatch.objects.filter(state=BatchState.APPLIED).exclude(pk=batch.pk)
    if batch.undo:
        found |= set(applied.filter(undo__isnull=False, applied_at__gte=batch.applied_at).values_list("pk", flat=True))
    return list(applied.filter(pk__in=found).prefetch_related("files").order_by(F("applied_at").desc(), "-pk"))


def _named(batch: ImportBatch) -> str:
    """The import as a person knows it: its day and its first file."""
    files = list(batch.files.all())
    more = f" (+{len(files) - 1})" if len(files) > 1 else ""
    return f"{batch.applied_at:%Y-%m-%d} {files[0].name}{more}" if files else f"{batch.applied_at:%Y-%m-%d}"


def _take_back_register(batch: ImportBatch, by: Any, at: datetime) -> None:
    if not batch.undo:
        return
    undo = json.loads(zlib.decompress(batch.undo))
    if "register" in undo:
        register_writing.take_back(undo["register"], by=by, at=at)
    if "municipalities" in undo:
        municipality_table.take_back(undo["municipalities"])
