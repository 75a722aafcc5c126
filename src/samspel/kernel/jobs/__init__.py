"""Jobs are rows in the transaction of what they are about, queued by name: tasks stand above operations."""

from __future__ import annotations

from typing import Any

URGENT = "urgent"
BULK = "bulk"


def queue(name: str, *, lane: str = URGENT, **arguments: Any) -> int:
    """Queue the task of that name; gone with the transaction if it is rolled back. Returns the job's number."""
    from procrastinate.contrib.django import app

    return app.configure_task(name, queue=lane, allow_unknown=True).defer(**arguments)
