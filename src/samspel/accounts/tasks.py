"""Jobs of accounts: sessions and unused codes whose time is over are deleted, and people kept long enough emptied."""

from __future__ import annotations

from importlib import import_module

import structlog
from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from samspel.accounts.operations import addresses, anonymizing, logins, sessions

log = structlog.get_logger(__name__)


@app.periodic(cron="25 3 * * *")
@app.task(name="accounts.clear_sessions", queue="bulk", queueing_lock="accounts.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Every night: a session that has ended holds an address and a used code, and is needed no more."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    now = timezone.now()
    sessions.forget_ended(at=now)
    logins.forget_assertions(at=now)


@app.periodic(cron="35 3 * * *")
@app.task(name="accounts.empty_people", queue="bulk", queueing_lock="accounts.empty_people")
def empty_people(timestamp: int) -> None:
    """Every night: who came back is spared, whose time is soon over is told, whose time is over is emptied."""
    done = anonymizing.empty_those_due(at=timezone.now())
    if done.failed:
        log.error("accounts.people.not_emptied", keys=done.failed)


@app.periodic(cron="45 3 * * *")
@app.task(name="accounts.forget_address_changes", queue="bulk", queueing_lock="accounts.forget_address_changes")
def forget_address_changes(timestamp: int) -> None:
    """Every night: new mail addresses whose code nobody wrote are deleted."""
    addresses.forget_old(at=timezone.now())
