"""Real published figures for the demo: facts that come with the program, imported as any plain table is."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from samspel.kernel.audit import SYSTEM
from samspel.registry.models import BatchState, ImportedFile
from samspel.registry.operations.imports import import_files

PUBLISHED = Path(__file__).resolve().parent.parent / "facts" / "published"


def fill(at: datetime) -> None:
    """Import the tables that are not imported as they now read; nothing when all of them are."""
    tables = [(path.name, path.read_bytes()) for path in sorted(PUBLISHED.glob("*.csv"))]
    applied = ImportedFile.objects.filter(batch__state=BatchState.APPLIED)
    held = set(applied.values_list("digest", flat=True))
    lacking = [(name, data) for name, data in tables if hashlib.sha256(data).hexdigest() not in held]
    if lacking:
        import_files(files=lacking, by=SYSTEM, at=at)
