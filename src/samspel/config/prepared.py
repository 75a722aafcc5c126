"""What a start needs done beforehand (migrations, static files), and how to know in a moment that it is done."""

from __future__ import annotations

import hashlib
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from samspel.config.home import Home

NOTE = "prepared.json"
PACKAGE = Path(__file__).resolve().parent.parent
# A folder of data in an app (facts, indicators, editions) may be read by its migrations, or after them by its apps.py.
MIGRATED_FROM = ("*/migrations/*.py", "*/apps.py", "*/*/*.csv", "*/*/*.toml", "*/*/*.json")
FILLED_FROM = ("*/static/**/*", "*/demo.py", "*/demo/**/*")


def is_prepared(home: Home, *, is_demo: bool, database: dict[str, Any]) -> bool:
    """Whether this code has prepared this home and its database before; asked without Django."""
    note = home.read(NOTE)
    expected = {"code": fingerprint(), "is_demo": is_demo}
    if {key: note.get(key) for key in expected} != expected:
        return False
    return note.get("migrations") is not None and note["migrations"] == applied_migrations(database)


def note_prepared(home: Home, code: str, *, is_demo: bool, database: dict[str, Any]) -> None:
    """Remember that all of it is done; `code` is the fingerprint from before, as files may have changed since."""
    note = {"code": code, "is_demo": is_demo, "migrations": applied_migrations(database)}
    home.write(NOTE, note)


def fingerprint() -> str:
    """A digest of everything that preparing depends on: migrations, static and demo files, shipped facts, packages."""
    return _digest((*MIGRATED_FROM, *FILLED_FROM))


def migrations_fingerprint() -> str:
    """A digest of what a migrated database depends on: our migrations, the facts they read, and packages."""
    return _digest(MIGRATED_FROM)


def _digest(patterns: Iterable[str]) -> str:
    digest = hashlib.sha256("\n".join([sys.version, *_packages()]).encode())
    for pattern in patterns:
        for file in sorted(path for path in PACKAGE.glob(pattern) if path.is_file() and path.suffix != ".pyc"):
            digest.update(str(file.relative_to(PACKAGE)).encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _packages() -> Iterable[str]:
    """Names with versions of everything installed, from the names of folders alone."""
    return sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))


def applied_migrations(database: dict[str, Any]) -> list[int] | None:
    """How many migrations the database has, and the newest one's number; None if it was never migrated."""
    import psycopg

    with connect(database) as connection:
        try:
            row = connection.execute("SELECT count(*), coalesce(max(id), 0) FROM django_migrations").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return list(row) if row else None


def connect(database: dict[str, Any], **more: Any) -> Any:
    """A connection from Django's settings of a database, without Django."""
    import psycopg

    options = {name: value for name, value in database["OPTIONS"].items() if name != "pool"}
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: database[setting] for name, setting in named.items() if database[setting]}
    return psycopg.connect(**{**options, **given, **more})
