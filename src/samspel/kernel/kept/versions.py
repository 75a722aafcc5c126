"""Which version of the data a public page shows: another after every change that a reader can see.

PostgreSQL keeps with each row the transaction that wrote it (`xmin`) and where it lies (`ctid`). An update writes the
row anew at another place, by another transaction; an insert and a delete change the count. So the count and the two
sums are the same only as long as the rows are, for this very reader: a change that commits late is seen when it
commits, which a greatest id or a clock would miss.

The sums cost half a millisecond. Most often they need not be asked for: the snapshot (`pg_current_snapshot`) names the
transactions a reader sees, and as long as it is the same nothing at all has been committed. Under load even that is
asked for ten times a second and not more: a reader who is not logged in may be told a tenth of a second late.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model
from psycopg.pq import ExecStatus

TRUSTED_FOR = 0.1
_SNAPSHOT = "SELECT pg_current_snapshot()::text"


class Versions:
    """The versions of some tables. tables: every one that the pages read, asked for once, when all apps are ready."""

    def __init__(self, tables: Callable[[], Iterable[type[Model]]]) -> None:
        self._tables = tables
        self._asks = ""
        # Database to its last snapshot seen by this process, with the version found under it or after.
        self._latest: dict[str, tuple[str, str]] = {}
        # Database to when its version was last asked for (monotonic seconds), and for how long the answer is trusted.
        self._asked: dict[str, float] = {}
        self._held = ""

    @contextmanager
    def held(self) -> Iterator[None]:
        """One version meanwhile, whatever is written: to measure pages of rows that are never committed."""
        self._held = _told(self._question())
        try:
            yield
        finally:
            self._held = ""

    def now(self) -> str:
        """A short text, the same as long as nothing in the tables has changed."""
        if self._held:
            return self._held
        if connection.in_atomic_block:
            # One's own changes are no part of the snapshot.
            return _told(self._question())
        database, now = connection.settings_dict["NAME"], time.monotonic()
        seen, version = self._latest.get(database, ("", ""))
        if version and now - self._asked.get(database, now - TRUSTED_FOR) < TRUSTED_FOR:
            return version
        snapshot = _snapshot()
        if seen != snapshot:
            version = _told(self._question())
            self._latest[database] = snapshot, version
        # As of before the question was put: what is committed meanwhile is not trusted away.
        self._asked[database] = now
        return version

    def _question(self) -> str:
        if not self._asks:
            # age() is the cheapest way to a transaction as a number; what it grows by itself is taken off again.
            parts = [
                "(SELECT concat(count(*), '.', sum(hashtid(ctid)::bigint), '.',"
                f" sum(age(xmin)::bigint - age('3'::xid))) FROM {connection.ops.quote_name(model._meta.db_table)})"
                for model in self._tables()
            ]
            self._asks = "SELECT concat_ws('-', " + ", ".join(parts) + ")"
        return self._asks


def _snapshot() -> str:
    # Asked for on every public page, so by the driver's shortest way; what goes wrong is told by the usual one.
    connection.ensure_connection()
    result = connection.connection.pgconn.exec_(_SNAPSHOT.encode())
    return result.get_value(0, 0).decode() if result.status == ExecStatus.TUPLES_OK else _told(_SNAPSHOT)


def _told(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
