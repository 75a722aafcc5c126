"""One migrated template, cloned for every xdist worker, and anew after a test that commits.

Import `django_db_setup` in `tests/conftest.py`: in a plugin, pytest-django's own would win.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import pytest
from django.db import connections
from django.test import TransactionTestCase
from psycopg import OperationalError, sql

from samspel.config import migrating, prepared

# One builds a template or clones it at a time, on a server that several runs may share.
BUILDING = 0x53414D54
TEMPLATES_KEPT = 3


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any) -> Any:
    """A database of this worker's own. `--create-db` builds the template anew."""
    with django_db_blocker.unblock():
        clone = Clone(anew=request.config.getvalue("create_db"))
        clone.make()
    with pytest.MonkeyPatch.context() as patch:
        # Django's flush takes longer, fails on append-only tables, and wipes what migrations made.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: clone.make())
        yield
    with django_db_blocker.unblock():
        clone.drop()


class Clone:
    """This worker's database."""

    def __init__(self, *, anew: bool = False) -> None:
        self.settings = connections["default"].settings_dict
        self.server = {**self.settings, "NAME": "postgres"}
        run, worker = os.environ["SAMSPEL_TEST_RUN"], os.environ.get("PYTEST_XDIST_WORKER", "main")
        self.name = f"test_{self.settings['NAME']}_{run}_{worker}"[:63]
        self.template = f"tpl_{prepared.migrations_fingerprint()[:16]}"
        self.anew = anew
        self.is_tidy = "DATABASE_URL" in os.environ  # a server of others is theirs to tidy

    def make(self) -> None:
        """Make it, or make it anew, from the template, which is built if it is missing."""
        connections["default"].close()
        with self._alone() as server:
            if not self.is_tidy:
                _drop_of_ended_runs(server)
                self.is_tidy = True
            self._ensure_template(server)
            _drop(server, self.name)
            create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
            server.execute(create.format(sql.Identifier(self.name), sql.Identifier(self.template)))
        self.settings["NAME"] = self.name

    def drop(self) -> None:
        """Drop it."""
        connections["default"].close()
        with self._alone() as server:
            _drop(server, self.name)

    @contextmanager
    def _alone(self) -> Iterator[Any]:
        with _connect(self.server, self.settings) as server:
            server.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
            yield server

    def _ensure_template(self, server: Any) -> None:
        if self.anew:
            _drop(server, self.template)
            self.anew = False
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template]).fetchone():
            return
        building = f"building_{self.template}"
        _drop(server, building)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
        self.settings["NAME"] = building
        migrating.migrate()
        connections["default"].close()  # nobody may be connected to a database that is renamed
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        server.execute(rename.format(sql.Identifier(building), sql.Identifier(self.template)))
        self._drop_old(server)

    def _drop_old(self, server: Any) -> None:
        newest_first = "SELECT datname FROM pg_database WHERE datname LIKE 'tpl\\_%' ORDER BY oid DESC"
        for (name,) in server.execute(newest_first).fetchall()[TEMPLATES_KEPT:]:
            _drop(server, name)


def _connect(server: dict[str, Any], settings: dict[str, Any]) -> Any:
    try:
        return prepared.connect(server, autocommit=True)
    except OperationalError:  # a server where `postgres` is closed to us
        return prepared.connect(settings, autocommit=True)


def _drop_of_ended_runs(server: Any) -> None:
    """What runs left that were killed; a run's databases carry the number of its process."""
    for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
        numbers = [int(part) for part in name.split("_") if part.isdigit()]
        if numbers and not psutil.pid_exists(numbers[0]):
            _drop(server, name)


def _drop(server: Any, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
