"""Looking at pages as another person: begun with a reason, every page written down, ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from samspel.accounts import permissions
from samspel.accounts.models import Person
from samspel.accounts.rules.viewing import LASTS, REASONS, Looking
from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal

# How it ended.
BY_HERSELF: Final = "stopped"
TIME_OUT: Final = "time_out"
NOT_ALLOWED: Final = "not_allowed"


class LookRefused(Refusal):
    """Nobody looks as that person."""

    code = "look_refused"


@transaction.atomic
def start(*, person: Person, reason: str, by: Any, at: datetime) -> Looking:
    """Begin to look at pages as another person sees them, for at most LASTS.

    Raises PermissionDenied for all but system administrators (LevelTooLow for a login that is not sure enough),
    LookRefused for another administrator, oneself, who has protected identity, and whose account is closed.
    """
    person = Person.objects.get(pk=person.pk)
    permissions.TABLE.require(by, permissions.LOOK_AS, at)
    if reason not in REASONS:
        raise LookRefused(_("Say why you need to look."), code="reason")
    if not permissions.may_be_looked_at(person, by, at):
        raise LookRefused(
            _(
                "Nobody looks as that person: a system administrator, somebody with protected identity, "
                "or an account that is closed."
            )
        )
    looking = Looking(by=by.key, person=person.key, until=at + LASTS)
    record(
        action="accounts.look.started", on=person, by=by, at=at, person=person.key, reason=reason, until=looking.until
    )
    return looking


@transaction.atomic
def note_page(*, person: Person, path: str, by: Any, at: datetime) -> None:
    """On record: the address that is looked at, without what was asked there (a search may hold a name)."""
    permissions.TABLE.require(by, permissions.LOOK_AS, at)
    record(
        action="accounts.look.page_seen", on=person, by=by, at=at, person=person.key, path=_without_token(path)[:500]
    )


def _without_token(path: str) -> str:
    """An address without what lets somebody in, as an invitation's: whoever reads the audit must not be able to."""
    try:
        token = resolve(path).kwargs.get("token")
    except Resolver404:
        return path
    return path.replace(token, "…") if token else path


@transaction.atomic
def stop(*, person: Person, why: str, by: Any, at: datetime) -> None:
    """On record: the look ended, and how (BY_HERSELF, TIME_OUT, NOT_ALLOWED). Whoever looks may always stop."""
    record(action="accounts.look.stopped", on=person, by=by, at=at, person=person.key, why=why)


@transaction.atomic
def note_over(*, looking: Looking, by: Any, at: datetime) -> None:
    """On record: the look ended by itself. Nothing is written when whoever looked is not logged in any more."""
    person = Person.objects.filter(key=looking.person).first()
    if person is not None and getattr(by, "key", None) == looking.by:
        stop(person=person, why=TIME_OUT if at >= looking.until else NOT_ALLOWED, by=by, at=at)
