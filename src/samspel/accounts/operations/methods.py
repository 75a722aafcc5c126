"""Ways to log in, gained and lost: put on record, and she is told, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from samspel.accounts import queries
from samspel.accounts.models import Person
from samspel.accounts.operations.closing import end_sessions
from samspel.accounts.permissions import OWN_LOGIN, RESET_LOGIN, TABLE, require
from samspel.kernel.audit import record
from samspel.kernel.ui import links
from samspel.post.operations import notices

# The kinds of method, as the audit and the notices know them.
PASSKEY = "passkey"
APP = "app"
CODES = "codes"
LINK = "link"
ALL = "all"


@transaction.atomic
def note_added(*, person: Person, kind: str, by: Any, at: datetime, login: str = "") -> None:
    """She got a method (PASSKEY, APP, CODES, LINK): on record, and a notice to her. Raises PermissionDenied."""
    TABLE.require(by, OWN_LOGIN, at, whose=person)
    _note("accounts.method.added", "method_added", person, kind, by, at, login)


@transaction.atomic
def note_removed(*, person: Person, kind: str, by: Any, at: datetime, login: str = "") -> None:
    """She lost a method: on record, and a notice to her. Raises PermissionDenied."""
    TABLE.require(by, OWN_LOGIN, at, whose=person)
    _note("accounts.method.removed", "method_removed", person, kind, by, at, login)


@transaction.atomic
def link(*, person: Person, login: str, stable_id: str, at: datetime) -> SocialAccount:
    """Her organization's login lets her in from now on: its id and her stable id are kept, nothing more."""
    made, is_new = SocialAccount.objects.get_or_create(
        provider=login, uid=stable_id, defaults={"user": person, "extra_data": {}}
    )
    if is_new:
        note_added(person=person, kind=LINK, by=person, at=at, login=login)
    return made


@transaction.atomic
def unlink(*, person: Person, link: int, by: Any, at: datetime) -> bool:
    """An organization's login lets her in no more. False if there is no such link of hers. Raises PermissionDenied."""
    TABLE.require(by, OWN_LOGIN, at, whose=person)
    found = SocialAccount.objects.select_for_update().filter(user_id=person.pk, pk=link).first()
    if found is None:
        return False
    login = found.provider
    found.delete()
    note_removed(person=person, kind=LINK, by=by, at=at, login=login)
    return True


@transaction.atomic
def take_away(*, person: Person, by: Any, at: datetime) -> bool:
    """Telephone, passkey and recovery codes are lost: all of them are taken away, and every session ends.

    A code by mail lets her in again. False if she had none. Raises PermissionDenied, also for one's own.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    TABLE.require(by, RESET_LOGIN, at)
    require(by != person)
    if not Authenticator.objects.filter(user_id=person.pk).delete()[0]:
        return False
    person.session_round += 1
    person.save(update_fields=["session_round"])
    end_sessions(person)
    _note("accounts.method.removed", "method_removed", person, ALL, by, at, "")
    return True


def _note(action: str, notice: str, person: Person, kind: str, by: Any, at: datetime, login: str) -> None:
    facts = {"method": kind, **({"login": login} if login else {})}
    record(action=action, on=person, by=by, at=at, **facts)
    notices.send(
        template=f"accounts/notices/{notice}.html",
        to=queries.addressee(person),
        context={"kind": kind, "at": at, "security_url": links.absolute("accounts:security")},
        at=at,
    )
