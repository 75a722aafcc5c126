"""Jobs of accounts: sessions whose time is over are deleted."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from procrastinate.contrib.django import app


@app.periodic(cron="25 3 * * *")
@app.task(name="accounts.clear_sessions", queue="bulk", queueing_lock="accounts.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Every night: a session that has ended holds an address and a used code, and is needed no more."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
