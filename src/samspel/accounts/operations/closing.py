"""Close an account, so that nobody logs in with it, and open it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.accounts import permissions
from samspel.accounts.models import Person
from samspel.accounts.operations.correcting import require_living
from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal


class NotClosed(Refusal):
    """The account stays open, and why."""

    code = "own_account"


@transaction.atomic
def close(*, person: Person, by: Any, at: datetime) -> Person:
    """Nobody logs in with it any more, and all its sessions end; roles and history stay.

    Raises NotClosed for one's own, PermissionDenied.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.TABLE.require(by, permissions.CLOSE, at)
    if by == person:
        raise NotClosed(_("You cannot close your own account. Ask another administrator."))
    if person.is_active:
        shut(person)
        record(action="accounts.person.closed", on=person, by=by, at=at)
    return person


@transaction.atomic
def reopen(*, person: Person, by: Any, at: datetime) -> Person:
    """She can log in again; no session of before comes back. Raises NoLonger, PermissionDenied."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.TABLE.require(by, permissions.CLOSE, at)
    require_living(person)
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record(action="accounts.person.reopened", on=person, by=by, at=at)
    return person


def shut(person: Person) -> None:
    """Part of an operation on a locked row: inactive, and every session ended for good."""
    person.is_active = False
    person.session_round += 1
    person.save(update_fields=["is_active", "session_round"])
    end_sessions(person)


def end_sessions(person: Person) -> None:
    """The rows of her sessions go; what a cookie says of one is worth nothing since the round is over."""
    for session in UserSession.objects.filter(user=person):
        session.end()
