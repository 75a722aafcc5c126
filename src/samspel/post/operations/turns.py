"""Turns: a receiving domain gets so many bulk mails a minute, and whoever waits for one stands in nobody's way."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.db import connection

from samspel.post.rules import paces

# So much of the rate may go at once after a pause: workers look into their queues every five seconds.
AT_ONCE = timedelta(seconds=10)

_TAKE = """
    INSERT INTO post_domainpace AS pace (domain, next_at) VALUES (%(domain)s, %(at)s + %(interval)s)
    ON CONFLICT (domain) DO UPDATE SET next_at = GREATEST(pace.next_at, %(at)s) + %(interval)s
"""
_IF_THERE_IS_ONE = "WHERE pace.next_at <= %(at)s + %(at_once)s RETURNING 1"
_PROMISE = """
    UPDATE post_domainpace SET promised_at = GREATEST(promised_at, next_at - %(at_once)s, %(at)s) + %(interval)s
    WHERE domain = %(domain)s RETURNING promised_at
"""


@lru_cache(maxsize=8)
def _rates(text: str) -> paces.Rates:
    return paces.parse(text)


def _interval(domain: str) -> timedelta | None:
    return _rates(settings.SAMSPEL_MAIL_RATES).interval(domain)


def intervals() -> tuple[list[str], list[timedelta | None], timedelta | None]:
    """The shortest times between two mails: of domains of their own, and of all others (None: no limit)."""
    rates = _rates(settings.SAMSPEL_MAIL_RATES)
    return list(rates.of_domain), list(rates.of_domain.values()), rates.of_others


def take(domain: str, *, at: datetime) -> bool:
    """Take a turn to send to a domain, if there is one: one conditional statement, so that two never get the same."""
    interval = _interval(domain)
    if interval is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute(_TAKE + _IF_THERE_IS_ONE, _facts(domain, at, interval))
        return cursor.fetchone() is not None


def count(domain: str, *, at: datetime) -> None:
    """Urgent mail waits for no turn, but bulk mail to the same domain waits the longer."""
    interval = _interval(domain)
    if interval is not None:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, _facts(domain, at, interval))


def promise(domain: str, *, at: datetime) -> datetime:
    """About when there will be a turn for who stands last in the queue to a domain that has none now."""
    interval = _interval(domain) or timedelta(0)
    with connection.cursor() as cursor:
        cursor.execute(_PROMISE, _facts(domain, at, interval))
        return cursor.fetchone()[0]


def _facts(domain: str, at: datetime, interval: timedelta) -> dict[str, object]:
    return {"domain": domain, "at": at, "interval": interval, "at_once": max(AT_ONCE - interval, timedelta(0))}
