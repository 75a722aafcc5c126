"""Ports for tests: below 32768, where the system gives no outgoing connection its own end, and apart per worker."""

from __future__ import annotations

import os
import socket

FIRST = 20_000
PER_WORKER = 100


def free_port() -> int:
    """The first port of this xdist worker's range that can be bound."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = FIRST + (worker % 100) * PER_WORKER
    for port in range(first, first + PER_WORKER):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"No port is free from {first} to {first + PER_WORKER}.")
