"""A real job worker for a test that needs one."""

from __future__ import annotations

import threading


def let_the_worker_work() -> None:
    """Do everything that waits. A browser keeps an event loop in this thread, and a worker wants one of its own."""
    thread = threading.Thread(target=_work)
    thread.start()
    thread.join(timeout=60)


def _work() -> None:
    from django.db import connection
    from procrastinate.contrib.django import app

    try:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    finally:
        connection.close()
