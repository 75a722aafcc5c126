"""Real published figures for the demo: facts that come with the program, imported as any plain table is."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from samspel.kernel.audit import SYSTEM
from samspel.registry.models import BatchState, ImportedFile
from samspel.registry.operations.imports import import_files

# No table was fetched after this day, and none can have been imported before it.
FETCHED = datetime(2026, 2, 9, 9, 5, tzinfo=UTC)
PUBLISHED = Path(__file__).resolve().parent.parent / "facts" / "published"


def fill(at: datetime) -> None:
    """Import the tables that are not imported as they now read; nothing when all of them are."""
    tables = [(path.name, path.read_bytes()) for path in sorted(PUBLISHED.glob("*.csv"))]
    applied = ImportedFile.objects.filter(batch__state=BatchState.APPLIED)
    held = set(applied.values_list("digest", flat=True))
    lacking = [(name, data) for name, data in tables if hashlib.sha256(data).hexdigest() not in held]
    if lacking:
        # Some months ago, so that the rounds of the demo come after their figures.
        import_files(
            files=lacking, by=SYSTEM, at=min(at, max(FETCHED, (at - timedelta(days=110)).replace(hour=7, minute=12)))
        )
