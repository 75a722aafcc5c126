"""What could not take its place is put aside, where it waits at its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samspel.forms.models import Answer, SetAside, SetAsideState, SetAsideWhy
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.received import label_at


def put_aside(
    answer: Answer,
    written: Mapping[str, Any],
    *,
    by: Any,
    at: datetime,
    why: str = SetAsideWhy.CONFLICT,
    labels: Mapping[str, str] | None = None,
) -> list[SetAside]:
    """Set aside what somebody wrote, path to value, in an answer that is locked: three statements at most.

    The same once more, as from a page that heard no answer and sends again, is the one that waits; and what she wrote
    on from there takes its place.
    """
    if not written:
        return []
    mine = SetAside.objects.filter(answer=answer, path__in=list(written), written_by=by.key, why=why)
    waiting = list(mine.filter(state=SetAsideState.WAITING).order_by("pk"))
    found, longer, new = [], [], []
    for path, value in written.items():
        row = next((one for one in waiting if one.path == path and _holds(value, one.value)), None)
        if row is None:
            label = (labels or {}).get(path) or label_at(body_of(answer.version), path)
            told = {"why": why, "label": label[:300], "written_at": at, "written_by": by.key}
            new.append(SetAside(answer=answer, path=path, value=value, **told))
            continue
        found.append(row)
        if row.value != value:
            row.value, row.written_at = value, at
            longer.append(row)
    if longer:
        SetAside.objects.bulk_update(longer, ["value", "written_at"])
    return found + (SetAside.objects.bulk_create(new) if new else [])


def _holds(value: Any, older: Any) -> bool:
    """Whether all of the older stands in the value."""
    return value == older or (isinstance(value, str) and isinstance(older, str) and older in value)
