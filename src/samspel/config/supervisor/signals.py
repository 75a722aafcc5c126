"""Signals as something one can wait for: a pipe that a handler writes to."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Signals:
    """Whether somebody asked us to stop, and a nap that a signal or the end of a child cuts short."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self.asked_to_stop = False

    def nap(self, seconds: float) -> None:
        """Wait until something happens, for at most so long."""
        if select.select([self._pipe], [], [], seconds)[0]:
            os.read(self._pipe, 4096)

    def stop(self, *_: object) -> None:
        """Handler of every stopping signal."""
        self.asked_to_stop = True

    @property
    def goes_on(self) -> bool:
        """Whether nobody asked us to stop."""
        return not self.asked_to_stop


@contextmanager
def caught() -> Iterator[Signals]:
    """Catch the stopping signals and the end of children; KeyboardInterrupt is no help, as scripts ignore SIGINT."""
    ours, theirs = os.pipe()
    for end in (ours, theirs):
        os.set_blocking(end, False)
    signals = Signals(ours)
    # `nohup` ignores the hang-up for us, and means it.
    meant = [number for number in STOPPING if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, signals.stop) for number in meant}
    before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
    waking = signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
    try:
        yield signals
    finally:
        signal.set_wakeup_fd(waking)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(ours)
        os.close(theirs)
