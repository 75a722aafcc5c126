"""The web server: granian with processes that share one loaded program."""

from __future__ import annotations

import gc
import os
import signal
import sys
from functools import partial

from samspel.config.supervisor.spawn import end_with

WORKERS = 2
THREADS = 4
# Requests that one worker takes on at once; what comes above waits in the socket.
BACKPRESSURE = 64


def serve(host: str, port: int) -> None:
    """Serve until a signal asks to stop; requests under way end first."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "samspel.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("SAMSPEL_WEB_WORKERS", WORKERS)),
        blocking_threads=THREADS,
        backpressure=BACKPRESSURE,
        workers_kill_timeout=10,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    )
    load_application()
    server.serve(target_loader=partial(load_in_worker, os.getpid()), wrap_loader=False)


def load_in_worker(parent: int) -> object:
    """The application in a worker, which ends with its server: one that is killed would leave workers on the port."""
    end_with(parent, signal.SIGTERM)
    return load_application()


def load_application() -> object:
    """The application with its addresses and templates read.

    Called before the workers are forked (where the system forks), so that they start at once and share memory; it
    opens no connection.
    """
    from django.urls import get_resolver

    from samspel.config.wsgi import application

    get_resolver().url_patterns  # noqa: B018 - reads every address and the views behind them
    gc.freeze()
    return application


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
