"""Real worker processes on the test's own database and mail server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.db import connection


def start_worker(settings: Any, lane: str = "urgent") -> subprocess.Popen[bytes]:
    """A worker as the supervisor starts one."""
    base = connection.settings_dict
    host, port = quote(str(base["HOST"]), safe=""), quote(str(base["PORT"]), safe="")
    user, name = quote(base["USER"]), quote(base["NAME"])
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{user}@/{name}?host={host}" + (f"&port={port}" if port else ""),
        "SAMSPEL_EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "SAMSPEL_MAIL_RATES": settings.SAMSPEL_MAIL_RATES,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "samspel.config.worker", lane], env=environment, start_new_session=True
    )


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill -9, whatever it is doing."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def until(is_so: Callable[[], Any], *, seconds: float = 60) -> None:
    """Wait for something that happens in another process."""
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it never happened"
        time.sleep(0.01)


def let_heartbeats_grow_old() -> None:
    """As if half a minute had gone since the killed workers were last heard of."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")
