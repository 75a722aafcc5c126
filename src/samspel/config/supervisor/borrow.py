"""A database for one command: the one that is up, or one that is started for it and stopped after it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from samspel.config.embedded.folders import data_folder
from samspel.config.embedded.server import start
from samspel.config.embedded.stale import postmaster, stop_leftover
from samspel.config.home import Home
from samspel.config.refused import Refused
from samspel.config.supervisor.lock import Taken, as_guest, owned, wait_for_guests

COMES_UP_WITHIN = 90
GUESTS_END_WITHIN = 24 * 60 * 60


@contextmanager
def database(deed: str, environ: Mapping[str, str] = os.environ, *, is_durable: bool = True) -> Iterator[None]:
    """For the time of the block there is a database. `deed` is what the command is called, for others who wait."""
    if environ.get("DATABASE_URL"):
        yield
        return
    home = Home.of(environ)
    try:
        with owned(home, deed):
            yield from _own_server(home, is_durable)
    except Taken:
        with as_guest(home):
            _wait_until_up(home)
            yield


def _own_server(home: Home, is_durable: bool) -> Iterator[None]:
    stop_leftover(data_folder(home)[0])
    server = start(home, is_durable=is_durable)
    try:
        yield
        wait_for_guests(home, within=GUESTS_END_WITHIN)
    finally:
        server.stop()


def _wait_until_up(home: Home) -> None:
    until = time.monotonic() + COMES_UP_WITHIN
    while True:
        data, _ = data_folder(home)
        note = postmaster(data) if data.exists() else None
        if note and note.status == "ready":
            return
        if time.monotonic() > until:
            raise Refused(f"Another process runs {home.path}, but its database does not come up.")
        time.sleep(0.05)
