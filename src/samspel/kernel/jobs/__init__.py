"""Jobs are rows in the transaction of what they are about, queued by name: tasks stand above operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

URGENT = "urgent"
BULK = "bulk"


def queue(
    name: str,
    *,
    lane: str = URGENT,
    not_before: datetime | None = None,
    priority: int = 0,
    only_one: str | None = None,
    **arguments: Any,
) -> int | None:
    """Queue the task of that name; gone with the transaction if it is rolled back. Returns the job's number.

    not_before: it waits until then. priority: what is higher goes first in its lane. only_one: a name of which one job
    may wait at a time; if one waits already nothing is queued, and None is the answer.
    """
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    task = app.configure_task(
        name, queue=lane, allow_unknown=True, schedule_at=not_before, priority=priority, queueing_lock=only_one
    )
    if only_one is None:
        return task.defer(**arguments)
    try:
        with transaction.atomic():
            return task.defer(**arguments)
    except AlreadyEnqueued:
        return None


def queue_each(name: str, each: Sequence[Mapping[str, Any]], *, lane: str = URGENT) -> int:
    """Queue the task of that name once for each of many sets of arguments, in one statement. Returns how many."""
    from procrastinate.contrib.django import app

    if each:
        app.configure_task(name, queue=lane, allow_unknown=True).batch_defer(*map(dict, each))
    return len(each)


def waits(only_one: str) -> bool:
    """Whether a job waits under that name, beside which no second can."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    return ProcrastinateJob.objects.filter(queueing_lock=only_one, status="todo").exists()
