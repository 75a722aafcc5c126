"""Sessions: how sure one is, made surer, moved to a new key, and ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from samspel.accounts.models import Person
from samspel.accounts.operations.logins import note_confirmation, note_login
from samspel.accounts.permissions import OWN_LOGIN, TABLE
from samspel.accounts.queries import logins
from samspel.accounts.rules import levels
from samspel.kernel.audit import record

# Where a session keeps when it was last written down that it was used, and how often that is done.
SEEN: Final = "samspel_seen"
SEEN_EVERY: Final = timedelta(minutes=5)


@transaction.atomic
def begin(*, request: HttpRequest, person: Person, at: datetime) -> None:
    """A session has begun (Django gave it a new key): it keeps its level, and the login is put on record."""
    ways = logins.ways_of(request, person)
    request.session[logins.LEVEL] = person.session_level = level = logins.level_reached(request, person)
    federated = (request.session.get(logins.FEDERATED) or {}) if levels.FEDERATION in ways else {}
    request.session[SEEN] = at.timestamp()
    note_login(person=person, at=at, method=levels.in_order(ways), level=level, login=federated.get("login", ""))


@transaction.atomic
def confirm(*, request: HttpRequest, person: Person, at: datetime) -> int:
    """She showed once more who she is, in a way that the session's records hold: it gets a new key, and its level.

    A level is never lowered. The level after is given back.
    """
    before = int(request.session.get(logins.LEVEL, levels.READ))
    level = max(before, logins.level_reached(request, person))
    way = logins.ways_of(request, person)[-1]
    _move(request)
    request.session[logins.LEVEL] = person.session_level = level
    note_confirmation(person=person, at=at, method=way, level=level)
    return level


@transaction.atomic
def end(*, person: Person, session: int, by: Any, at: datetime) -> bool:
    """End one of her sessions. False if there is none of that number that is hers. Raises PermissionDenied."""
    TABLE.require(by, OWN_LOGIN, at, whose=person)
    found = UserSession.objects.select_for_update().filter(user_id=person.pk, pk=session)
    return _end(found, person, by, at, which="one") == 1


@transaction.atomic
def end_others(*, person: Person, this_key: str | None, by: Any, at: datetime) -> int:
    """End all of her sessions but the one she is in; how many. Raises PermissionDenied."""
    TABLE.require(by, OWN_LOGIN, at, whose=person)
    found = UserSession.objects.select_for_update().filter(user_id=person.pk).exclude(session_key=this_key or "")
    return _end(found, person, by, at, which="others")


@transaction.atomic
def forget_ended(*, at: datetime) -> int:
    """Delete the rows of sessions that are over; how many."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    return UserSession.objects.exclude(session_key__in=alive).delete()[0]


def note_seen(*, session: Any, at: datetime) -> None:
    """This session was used now: written down at most every five minutes, for those who are logged in alone."""
    if SESSION_KEY not in session or at.timestamp() - session.get(SEEN, 0) < SEEN_EVERY.total_seconds():
        return
    session[SEEN] = at.timestamp()
    UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=at)


def _end(found: Any, person: Person, by: Any, at: datetime, *, which: str) -> int:
    rows = list(found)
    if rows:
        Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
        UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
        record(action="accounts.session.ended", on=person, by=by, at=at, which=which, number=len(rows))
    return len(rows)


def _move(request: HttpRequest) -> None:
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
