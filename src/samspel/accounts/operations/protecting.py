"""Protected identity (skyddade personuppgifter): given and lifted for a stated reason, and every look written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.accounts import permissions
from samspel.accounts.models import Person
from samspel.accounts.operations.correcting import require_living
from samspel.kernel.audit import record

# Codes, since the audit holds no free text; what a person has told of her situation is not kept at all.
REASONS: Final = {
    "secrecy_mark": _("Secrecy mark in the population register (sekretessmarkering)"),
    "protected_registration": _("Protected population registration (skyddad folkbokföring)"),
    "threat": _("Threat, as her employer or herself has told"),
}
REASONS_TO_LIFT: Final = {
    "over": _("The protection is over"),
    "own_wish": _("She has asked for it"),
    "mistake": _("It was set by mistake"),
}


@transaction.atomic
def protect(*, person: Person, reason: str, by: Any, at: datetime) -> Person:
    """From now on she is in no list, export or search, and others see "Protected identity".

    reason: one of REASONS. Raises ValueError for another, NoLonger, PermissionDenied.
    """
    person = _locked(person, by, at)
    if reason not in REASONS:
        raise ValueError(reason)
    if not person.is_protected:
        person.is_protected = True
        person.save(update_fields=["is_protected"])
        record(action="accounts.person.protected", on=person, by=by, at=at, reason=reason)
    return person


@transaction.atomic
def unprotect(*, person: Person, reason: str, by: Any, at: datetime) -> Person:
    """She is shown by name again. reason: one of REASONS_TO_LIFT.

    Raises ValueError for another, NoLonger, PermissionDenied.
    """
    person = _locked(person, by, at)
    if reason not in REASONS_TO_LIFT:
        raise ValueError(reason)
    if person.is_protected:
        person.is_protected = False
        person.save(update_fields=["is_protected"])
        record(action="accounts.person.unprotected", on=person, by=by, at=at, reason=reason)
    return person


@transaction.atomic
def see_name(*, person: Person, by: Any, at: datetime) -> Person:
    """Somebody who may looks at who a protected person is; each time is on record. Raises PermissionDenied."""
    if person.is_protected and getattr(by, "pk", None) != person.pk:
        permissions.TABLE.require(by, permissions.SEE_PROTECTED, at)
        record(action="accounts.person.name_seen", on=person, by=by, at=at)
    return person


def _locked(person: Person, by: Any, at: datetime) -> Person:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.TABLE.require(by, permissions.PROTECT, at)
    require_living(person)
    return person
