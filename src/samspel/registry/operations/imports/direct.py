"""An import in one go, as the command line does it: looked at and carried in, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspel.kernel.audit import record
from samspel.registry.models import BatchState
from samspel.registry.operations.imports import carrying
from samspel.registry.operations.imports.batches import require_may_import, start, sums
from samspel.registry.operations.imports.reading import Heard, NamedFile, gather, nobody
from samspel.registry.operations.imports.reports import ImportReport


def import_files(
    *,
    files: Iterable[NamedFile],
    by: Any,
    at: datetime,
    dry_run: bool = False,
    as_of: date | None = None,
    heard: Heard = nobody,
) -> ImportReport:
    """Import files whole or not at all; a dry run tells what it would change and keeps nothing.

    `as_of` is the day that a register extract shows (the import's day if not told). The same files again change
    nothing. Raises ImportRefused with every fault of every file, PermissionDenied if `by` may not import.
    """
    with transaction.atomic():
        require_may_import(by, at)
        gathering = gather(files, heard=heard)
        staged, as_of = gathering.staged, as_of or timezone.localdate(at)
        if not dry_run:
            carrying.take_lock()
        compared = carrying.compare(staged, gathering.files, as_of)
        report = ImportReport(tuple(gathering.files), compared.told(), is_dry_run=dry_run)
        if dry_run:
            return report
        batch = start(gathering, by, at, as_of)
        carrying.write(staged, compared, batch, by=by, at=at)
        batch.state, batch.applied_at, batch.difference = BatchState.APPLIED, at, compared.told()
        batch.save(update_fields=["state", "applied_at", "difference", "undo"])
        record(action="registry.import.applied", on=batch, by=by, at=at, files=len(report.files), **sums(batch))
    return ImportReport(report.files, report.difference, str(batch.key))
