"""Which database: the one that DATABASE_URL names, else the home's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from samspel.config import embedded
from samspel.config.home import Home
from samspel.config.refused import Refused

SCHEMES = {"postgres", "postgresql"}
POOL = {"min_size": 1, "timeout": 5, "max_idle": 60}
# Threads of a web worker, plus one; a job worker runs as many jobs at once as a web worker has threads.
POOL_SIZE = 5


def database_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """Django's `DATABASES["default"]` for this environment. Raises Refused if DATABASE_URL cannot be read."""
    address = environ.get("DATABASE_URL")
    home = Home.of(environ)
    if address and home.is_demo and not environ.get("SAMSPEL_TESTING"):
        raise Refused("A demo home keeps its own database: take DATABASE_URL out of the environment.")
    settings = from_url(address) if address else embedded.address(home)
    options = dict(settings.pop("OPTIONS", {}))
    if size := _pool_size(environ):
        options["pool"] = {**POOL, "max_size": size}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **settings,
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }


def from_url(address: str) -> dict[str, Any]:
    """`postgres://user:password@host:port/name?host=/socket&sslmode=require` as Django's names.

    What stands after `?` goes to libpq by its own name; `host` and `port` there win, as in libpq.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Refused(f"DATABASE_URL cannot be read: {error}.") from error
    if parts.scheme not in SCHEMES:
        raise Refused("DATABASE_URL must begin with postgres:// or postgresql://.")
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/")) or options.pop("dbname", "")
    if not name:
        raise Refused("DATABASE_URL names no database: postgres://user@host/NAME.")
    return {
        "NAME": name,
        "USER": options.pop("user", unquote(parts.username or "")),
        "PASSWORD": options.pop("password", unquote(parts.password or "")),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(port or "")),
        "OPTIONS": options,
    }


def _pool_size(environ: Mapping[str, str]) -> int:
    """Connections of one process; 0 (no pool) in tests and where SAMSPEL_POOL says so."""
    if environ.get("SAMSPEL_TESTING"):
        return 0
    stated = environ.get("SAMSPEL_POOL", str(POOL_SIZE))
    if not stated.isdigit():
        raise Refused(f"SAMSPEL_POOL must be a whole number, not {stated!r}.")
    return int(stated)
