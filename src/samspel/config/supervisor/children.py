"""A child process: how it is started, known again after a crash, and stopped."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil

from samspel.config.supervisor.spawn import die_with_parent

# Seconds to wait before the first, second … try of a child that ended; who ends more often in the window is given up.
DELAYS = (0.1, 1, 2, 5, 10)
WINDOW = 120.0

Start = Callable[[], "subprocess.Popen[bytes]"]


@dataclass
class Child:
    """One process that shall run for as long as the home does. `limit`: seconds from the stop signal to SIGKILL."""

    name: str
    start: Start
    stop_signal: signal.Signals = signal.SIGTERM
    limit: float = 30
    process: subprocess.Popen[bytes] | None = None
    ended_at: deque[float] = field(default_factory=deque)
    due_at: float | None = None

    def run(self) -> None:
        """Start it, or start it again."""
        self.due_at = None
        self.process = self.start()

    @property
    def has_ended(self) -> bool:
        """Whether it was started and is no more."""
        return self.process is not None and self.process.poll() is not None

    def has_hope(self, now: float) -> bool:
        """Note that it ended, and say whether it is worth another try; each try waits longer than the one before."""
        while self.ended_at and now - self.ended_at[0] > WINDOW:
            self.ended_at.popleft()
        self.due_at = now + DELAYS[min(len(self.ended_at), len(DELAYS) - 1)]
        self.ended_at.append(now)
        self.process = None
        return len(self.ended_at) <= len(DELAYS)

    def is_due(self, now: float) -> bool:
        """Whether it ended and the wait before its next try is over."""
        return self.process is None and self.due_at is not None and now >= self.due_at

    def ask_to_stop(self) -> None:
        """Send the stop signal, if it still runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def wait_or_kill(self) -> None:
        """Wait for the limit, then kill the whole session, so that no worker of a worker stays."""
        if self.process is None:
            return
        try:
            self.process.wait(self.limit)
        except subprocess.TimeoutExpired:
            kill_group(self.process.pid)
            self.process.wait()
        self.process = None


def kill_group(number: int) -> None:
    """SIGKILL to a child and everything in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(number, signal.SIGKILL)


def spawner(command: list[str], environ: dict[str, str]) -> Start:
    """Start a program in a session of its own (Ctrl-C reaches the supervisor alone), that ends when we do."""
    die = die_with_parent(signal.SIGTERM)

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, env=environ, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=die)

    return start


def identity(number: int) -> dict[str, float] | None:
    """A process number with its start time: numbers come back, the pair does not."""
    try:
        return {"number": number, "started": psutil.Process(number).create_time()}
    except psutil.NoSuchProcess:
        return None


def end_leftover(known: dict[str, float], *, within: float = 10) -> None:
    """End a child of a supervisor that was killed, if it is still the same process."""
    number = int(known["number"])
    if identity(number) != known:
        return
    os.kill(number, signal.SIGTERM)
    until = time.monotonic() + within
    while identity(number) == known and psutil.Process(number).status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > until:
            kill_group(number)
            return
        time.sleep(0.05)
