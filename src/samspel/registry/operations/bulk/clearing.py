"""Let go of lists: thrown away by who handed them in, or when their time is over. They are personal data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.kernel.audit import record
from samspel.registry.models import PeopleBatch
from samspel.registry.operations.bulk.proposing import locked


@transaction.atomic
def discard(*, batch: PeopleBatch, by: Any, at: datetime) -> None:
    """Throw a list away. Raises BatchClosed, PermissionDenied for anybody but who handed it in."""
    kept = locked(batch, by, at)
    record(action="registry.people_batch.discarded", on=kept, by=by, at=at, rows=len(kept.rows))
    kept.delete()


@transaction.atomic
def clear_expired(*, at: datetime) -> int:
    """Delete every list whose time is over, carried out or not. Returns how many."""
    return PeopleBatch.objects.filter(expires_at__lte=at).delete()[0]
