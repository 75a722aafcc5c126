"""An import as a batch: proposed (a dry run that changes nothing), then applied or discarded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspel.kernel.audit import SYSTEM, record
from samspel.registry import permissions
from samspel.registry.models import BatchState, ImportBatch, ImportedFile
from samspel.registry.operations.imports import carrying, values
from samspel.registry.operations.imports.reading import Heard, NamedFile, gather, nobody
from samspel.registry.operations.imports.refusals import ImportNotOpen, ImportStale
from samspel.registry.operations.imports.reports import FileReport
from samspel.registry.operations.imports.staging import Gathering, Staged


def require_may_import(by: Any, at: datetime) -> None:
    """Officers and administrators import, and the system itself. Raises PermissionDenied, or LevelTooLow."""
    permissions.TABLE.require(by, permissions.IMPORT, at)


@transaction.atomic
def propose(
    *, files: Iterable[NamedFile], by: Any, at: datetime, as_of: date | None = None, heard: Heard = nobody
) -> ImportBatch:
    """Look at files and keep what they would change; the registry itself stays as it is.

    `as_of` is the day that a register extract shows (it does not say so itself; the import's day if not told).
    Raises ImportRefused with every fault of every file, PermissionDenied if `by` may not import.
    """
    require_may_import(by, at)
    gathering = gather(files, heard=heard)
    staged, as_of = gathering.staged, as_of or timezone.localdate(at)
    compared = carrying.compare(staged, gathering.files, as_of)
    batch = start(gathering, by, at, as_of)
    batch.difference, batch.cleaned = _told(compared), staged.pack()
    batch.save(update_fields=["difference", "cleaned"])
    record(action="registry.import.proposed", on=batch, by=by, at=at, files=len(gathering.files), **sums(batch))
    return batch


@transaction.atomic
def apply(*, batch: ImportBatch, by: Any, at: datetime) -> ImportBatch:
    """Carry a dry run into the registry, exactly as it was shown.

    Raises ImportNotOpen if it is decided, ImportStale if the registry changed since, PermissionDenied.
    """
    carrying.take_lock()
    batch = locked(batch, BatchState.PROPOSED)
    require_may_import(by, at)
    staged = Staged.unpack(batch.cleaned)
    compared = carrying.compare(staged, reports_of(batch), batch.register_as_of or timezone.localdate(at))
    if compared.told() != shown_counts(batch):
        raise ImportStale
    carrying.write(staged, compared, batch, by=by, at=at)
    batch.state, batch.applied_at, batch.cleaned = BatchState.APPLIED, at, None
    batch.save(update_fields=["state", "applied_at", "cleaned", "undo"])
    record(action="registry.import.applied", on=batch, by=by, at=at, files=batch.files.count(), **sums(batch))
    return batch


@transaction.atomic
def look_again(*, batch: ImportBatch, by: Any, at: datetime, as_of: date | None = None) -> ImportBatch:
    """Compare a dry run anew with the registry as it now stands, and as of another day if one is told.

    Raises ImportNotOpen, ExtractTooOld, PermissionDenied.
    """
    batch = locked(batch, BatchState.PROPOSED)
    require_may_import(by, at)
    staged = Staged.unpack(batch.cleaned)
    if as_of and staged.register is not None:
        batch.register_as_of = as_of
    compared = carrying.compare(staged, reports_of(batch), batch.register_as_of or timezone.localdate(at))
    batch.difference = _told(compared)
    batch.save(update_fields=["difference", "register_as_of"])
    record(action="registry.import.compared", on=batch, by=by, at=at, **sums(batch))
    return batch


@transaction.atomic
def discard(*, batch: ImportBatch, by: Any, at: datetime) -> ImportBatch:
    """Throw a dry run away; its cleaned rows are gone, its record stays. Raises ImportNotOpen, PermissionDenied."""
    batch = locked(batch, BatchState.PROPOSED)
    require_may_import(by, at)
    batch.state, batch.cleaned = BatchState.DISCARDED, None
    batch.save(update_fields=["state", "cleaned"])
    record(action="registry.import.discarded", on=batch, by=by, at=at)
    return batch


def start(gathering: Gathering, by: Any, at: datetime, as_of: date) -> ImportBatch:
    """The batch and its files, in the order of the staged rows."""
    batch = ImportBatch.objects.create(
        started_by=None if by is SYSTEM else by,
        started_at=at,
        register_as_of=as_of if gathering.has_register else None,
    )
    ImportedFile.objects.bulk_create(
        ImportedFile(
            batch=batch,
            name=file.name[:300],
            digest=file.digest,
            kind=file.kind,
            title=file.title[:300],
            rows=file.rows,
            values_read=file.values,
            marks=dict(file.marks),
            skipped=dict(file.skipped),
            extracted_on=extracted_on or timezone.localdate(at),
        )
        for file, extracted_on in zip(gathering.files, gathering.extracted_on, strict=True)
    )
    return batch


def locked(batch: ImportBatch, state: BatchState) -> ImportBatch:
    """The batch, locked and in that state. Raises ImportNotOpen."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != state:
        raise ImportNotOpen(batch.state)
    return batch


def reports_of(batch: ImportBatch) -> list[FileReport]:
    """The files of a kept batch, as they were read."""
    return [
        FileReport(
            name=file.name,
            digest=file.digest,
            kind=file.kind,
            title=file.title,
            rows=file.rows,
            values=file.values_read,
            marks=file.marks,
            skipped=file.skipped,
        )
        for file in batch.files.all()
    ]


def shown_counts(batch: ImportBatch) -> dict[str, Any]:
    """What the dry run showed, without its examples."""
    return {name: value for name, value in batch.difference.items() if name != "examples"}


def _told(compared: carrying.Compared) -> dict[str, Any]:
    return compared.told() | {"examples": values.examples(compared.values.gone_ids)}


def sums(batch: ImportBatch) -> dict[str, int]:
    """New, changed and gone rows of every kind, for the audit."""
    kinds = [batch.difference[kind] for kind in ("values", "organizers", "units", "municipalities")
             if kind in batch.difference]  # fmt: skip
    return {word: sum(counts[word] for counts in kinds) for word in ("new", "changed", "gone")}
