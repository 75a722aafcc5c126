"""One process runs a home; others that need its database use it while it is up."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samspel.config.home import Home


class Taken(Exception):
    """Another process runs this home; the text is what it said it is doing, as `run`."""


@contextmanager
def owned(home: Home, deed: str) -> Iterator[None]:
    """Hold the home for the time of the block. Raises Taken at once if another process holds it.

    The kernel lets go of the lock when the process ends, however it ends.
    """
    descriptor = os.open(home.make().lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken(os.read(descriptor, 100).decode(errors="replace").strip()) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, deed.encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _guests(home: Home) -> Path:
    return home.path / "guests"


@contextmanager
def as_guest(home: Home) -> Iterator[None]:
    """Say, for the time of the block, that one uses the database that another process started."""
    descriptor = os.open(_guests(home), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def wait_for_guests(home: Home, *, within: float) -> None:
    """Wait until no other command uses the database, or the seconds are over."""
    descriptor = os.open(_guests(home), os.O_RDWR | os.O_CREAT, 0o644)
    until = time.monotonic() + within
    try:
        while time.monotonic() < until:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.1)
            else:
                return
    finally:
        os.close(descriptor)
