"""Where somebody is logged in: her sessions, since when and with what browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from samspel.accounts.models import Person
from samspel.accounts.rules import browsers


@dataclass(frozen=True)
class OpenSession:
    """A session: browser and system by name ("" for unknown), since when, last seen, this one or not."""

    pk: int
    browser: str
    system: str
    since: datetime
    last_seen_at: datetime
    is_this: bool


def sessions_of(person: Person, at: datetime, this_key: str | None) -> list[OpenSession]:
    """Her open sessions, this one first, then the one seen last. Two queries, however many there are."""
    rows = list(UserSession.objects.filter(user_id=person.pk).order_by("-last_seen_at", "pk"))
    keys = [row.session_key for row in rows]
    alive = set(Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list("session_key", flat=True))
    found = [_told(row, this_key) for row in rows if row.session_key in alive]
    return sorted(found, key=lambda one: not one.is_this)


def _told(row: UserSession, this_key: str | None) -> OpenSession:
    browser, system = browsers.read(row.user_agent)
    return OpenSession(row.pk, browser, system, row.created_at, row.last_seen_at, row.session_key == this_key)
