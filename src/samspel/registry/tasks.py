"""Jobs of the registry: ends of appointments are announced before they come."""

from __future__ import annotations

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from samspel.kernel.audit import SYSTEM
from samspel.registry.operations import appointments, bulk, invitations
from samspel.registry.queries import endings

log = structlog.get_logger(__name__)


@app.periodic(cron="10 6 * * *")
@app.task(name="registry.announce_ends", queue="bulk", queueing_lock="registry.announce_ends")
def announce_ends(timestamp: int) -> None:
    """Every morning: 30 and 7 days before a last day she whose it is and those who administer are told, once each.

    Bears to run twice, and beside itself: each appointment is taken by itself, and says when it was last told.
    """
    at = timezone.now()
    told = sum(
        appointments.announce_end(appointment=one, by=SYSTEM, at=at)
        for one in endings.to_announce(timezone.localdate(at)).iterator()
    )
    log.info("registry.ends.announced", told=told)


@app.periodic(cron="20 * * * *")
@app.task(name="registry.announce_invitations", queue="bulk", queueing_lock="registry.announce_invitations")
def announce_invitations(timestamp: int) -> None:
    """Every hour: the invited are told three days before the end, whoever invited them when it has come; once each."""
    log.info("registry.invitations.announced", told=invitations.announce(at=timezone.now()))


@app.periodic(cron="30 3 * * *")
@app.task(name="registry.clear_people_lists", queue="bulk", queueing_lock="registry.clear_people_lists")
def clear_people_lists(timestamp: int) -> None:
    """Every night: lists of people whose week is over are deleted, since they are personal data."""
    log.info("registry.people_lists.cleared", lists=bulk.clear_expired(at=timezone.now()))
