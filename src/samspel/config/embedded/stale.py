"""What an earlier server left behind: its number in `postmaster.pid` and beside its socket, or itself still running."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from samspel.config.refused import Refused


@dataclass(frozen=True)
class Postmaster:
    """What `postmaster.pid` says."""

    number: int
    status: str


def postmaster(data: Path) -> Postmaster | None:
    """Read `postmaster.pid`; None if it is missing or only begun."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return Postmaster(int(lines[0]), lines[7].strip() if len(lines) > 7 else "")
    except (FileNotFoundError, IndexError, ValueError):
        return None


def forget_stale(data: Path, socket: Path) -> None:
    """Remove `postmaster.pid`, and the lock beside the socket, when no server of this folder runs.

    After a restart of the machine or container the number often belongs to another process of the same user, and that
    of a server that was killed stays a zombie's until somebody takes note of it; PostgreSQL would then refuse to start.
    The socket's folder is this home's alone, and `run` holds the home's lock.
    """
    if running_server(data) is not None:
        return
    (data / "postmaster.pid").unlink(missing_ok=True)
    for lock in socket.glob(".s.PGSQL.*.lock"):
        lock.unlink(missing_ok=True)


def running_server(data: Path) -> psutil.Process | None:
    """The living server of this folder, by its command line."""
    note = postmaster(data)
    if note is None:
        return None
    try:
        process = psutil.Process(note.number)
        command = process.cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    is_ours = bool(command) and Path(command[0]).name == "postgres" and str(data) in command
    return process if is_ours and process.status() != psutil.STATUS_ZOMBIE else None


def stop_leftover(data: Path, *, within: float = 60) -> None:
    """Stop a server whose owner was killed. Waits for its file to go, not for its number: a zombie keeps that."""
    process = running_server(data)
    if process is None:
        return
    process.send_signal(signal.SIGINT)
    until = time.monotonic() + within
    while (data / "postmaster.pid").exists():
        if time.monotonic() > until:
            raise Refused(f"A database server of {data} (process {process.pid}) does not stop.")
        time.sleep(0.05)
