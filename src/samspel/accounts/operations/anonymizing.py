"""Long after her last role a person's row is emptied: the audit keeps her key, and nothing else says who she was.

She is told a month before (WARNING), so that who comes back in a new task is not emptied first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import structlog
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts import permissions
from samspel.accounts.models import AddressChange, Person
from samspel.accounts.operations.closing import shut
from samspel.accounts.queries import emptying, role_rows
from samspel.accounts.queries.people import addressee
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui import links
from samspel.post.operations import notices, receivers

WARNING: Final = timedelta(days=30)

log = structlog.get_logger(__name__)


class Emptier(Protocol):
    """Removes what an app's rows tell of a person, in the emptying's own transaction, before her own row is emptied."""

    def __call__(self, person: Person, *, at: datetime) -> None: ...


Holder = Callable[[Person, datetime], Any]

holders: HandedDown[Holder] = HandedDown()
"""Why a person cannot be emptied yet (a sentence), or None: an open question, a handover."""

emptiers: HandedDown[Emptier] = HandedDown()
"""Each app above that writes down names or addresses of people adds its emptier here, from its extensions."""


class NotEmptied(Refusal):
    """Something holds her data, and what; `reasons` are sentences."""

    code = "not_emptied"

    def __init__(self, reasons: list[Any]) -> None:
        super().__init__(reasons[0])
        self.reasons = reasons


def obstacles(person: Person, at: datetime) -> list[Any]:
    """Everything that keeps her data from being removed now, as sentences."""
    found: list[Any] = []
    if Person.objects.filter(role_rows.holds_from(timezone.localdate(at)), pk=person.pk).exists():
        found.append(_("She holds a role, or will."))
    if person.merged_into_id:
        found.append(_("The row is merged into another, and goes with it."))
    return found + [reason for holder in holders if (reason := holder(person, at))]


@transaction.atomic
def tell(*, person: Person, by: Any, at: datetime) -> bool:
    """She is told that her data will be removed in a month. Returns whether it was told now; once is enough."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.TABLE.require(by, permissions.EMPTY, at)
    if person.emptying_told_at or person.anonymized_at or obstacles(person, at):
        return False
    person.emptying_told_at = at
    person.save(update_fields=["emptying_told_at"])
    notices.send(
        template="accounts/notices/will_be_removed.html",
        to=addressee(person),
        context={"on": timezone.localdate(at + WARNING), "extract_url": links.absolute("accounts:account")},
        at=at,
        lane="bulk",
        forget_after=WARNING,
    )
    record(action="accounts.person.emptying_told", on=person, by=by, at=at)
    return True


@transaction.atomic
def spare(*, person: Person, at: datetime) -> None:
    """She has come back in a task: she is told anew should she leave again."""
    emptying.to_spare(at).filter(pk=person.pk).update(emptying_told_at=None)


@transaction.atomic
def empty(*, person: Person, by: Any, at: datetime) -> Person:
    """Name, address, telephone, ways to log in and sessions go, here and in every app that keeps some of it.

    The rows merged into hers go with her. Emptied again it changes nothing. Raises NotEmptied, PermissionDenied.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.TABLE.require(by, permissions.EMPTY, at)
    if person.anonymized_at:
        return person
    if reasons := obstacles(person, at):
        raise NotEmptied(reasons)
    for row in [*person.merged.select_for_update().order_by("pk"), person]:
        _empty_row(row, at)
        record(action="accounts.person.emptied", on=row, by=by, at=at)
    person.refresh_from_db()
    return person


@dataclass(frozen=True)
class Done:
    """What a night did, as counts, and the keys of those with whom it failed."""

    told: int
    emptied: int
    failed: list[str]


def empty_those_due(*, at: datetime) -> Done:
    """Spare, tell and empty all whose time it is, each in a transaction of her own; what holds somebody waits."""
    told, emptied, failed = 0, 0, []
    for person in emptying.to_spare(at):
        spare(person=person, at=at)
    for person in emptying.to_tell(at, WARNING):
        told += tell(person=person, by=SYSTEM, at=at)
    for person in emptying.to_empty(at, WARNING):
        try:
            empty(person=person, by=SYSTEM, at=at)
            emptied += 1
        except NotEmptied:
            continue
        except Exception as fault:
            # One row that cannot be emptied keeps nobody else's data; who looks after the system is told by its key.
            log.error("accounts.person.not_emptied", key=str(person.key), fault=type(fault).__name__)
            failed.append(str(person.key))
    return Done(told, emptied, failed)


def _empty_row(row: Person, at: datetime) -> None:
    for emptier in emptiers:
        emptier(row, at=at)
    receivers.forget_person(key=row.key, address=row.email)
    for model in (Authenticator, SocialAccount):
        model.objects.filter(user=row).delete()
    AddressChange.objects.filter(person=row).delete()
    shut(row)
    row.name, row.phone, row.language = "", "", settings.LANGUAGE_CODE
    row.email = f"{row.key}@borttagen.invalid"
    row.is_protected, row.last_login, row.emptying_told_at = False, None, None
    row.anonymized_at = at
    row.save()
