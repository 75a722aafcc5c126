"""Bringing a database and the static files to this version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

# One number for every machine that shares the database.
MIGRATING = 0x53414D53


def migrate(*, verbosity: int = 0) -> None:
    """Every migration, and the cache's table; one process at a time on a database."""
    with _alone():
        call_command("migrate", verbosity=verbosity, interactive=False)
        call_command("createcachetable", verbosity=0)


def collect_static() -> None:
    """Static files under names with a content hash, in the home; old ones stay, for pages that are still open."""
    call_command("collectstatic", verbosity=0, interactive=False)


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
