"""Put right what is kept about a person (article 16 of the General Data Protection Regulation)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.accounts import permissions
from samspel.accounts.models import Person
from samspel.accounts.rules import words
from samspel.kernel.audit import record
from samspel.kernel.permissions import require_level
from samspel.kernel.refusals import Refusal

_FAULTS = {
    ("name", "missing"): _("Write the name."),
    ("name", "long"): _("The name is too long. At most 200 characters are taken."),
    ("name", "letters"): _("A name has letters in it."),
    ("phone", "long"): _("The telephone number is too long. At most 40 characters are taken."),
    ("phone", "shape"): _("Write the telephone number with digits, as 070-123 45 67 or +46 70 123 45 67."),
}


class NotCorrected(Refusal):
    """What was written cannot stand; `field` says which ("name" or "phone")."""

    code = "not_corrected"

    def __init__(self, field: str, fault: str) -> None:
        super().__init__(_FAULTS[field, fault], code=f"{field}_{fault}")
        self.field = field


class NoLonger(Refusal):
    """The row is no person's any more: merged into another, or emptied."""

    code = "no_longer"

    def __init__(self) -> None:
        super().__init__(_("There is nothing to change: the row was merged with another, or its data were removed."))


@transaction.atomic
def correct(*, person: Person, by: Any, at: datetime, name: str | None = None, phone: str | None = None) -> Person:
    """Name and telephone, as they are said to be (None: left as it is). The audit tells which were changed, no more.

    By herself, by the administrator of the one organization she has tasks in, or by the agency's.
    Raises NotCorrected, NoLonger, PermissionDenied.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _require_correct(by, person, at)
    require_living(person)
    wanted = _checked(name, phone)
    changed = sorted(field for field, value in wanted.items() if getattr(person, field) != value)
    if changed:
        for field in changed:
            setattr(person, field, wanted[field])
        person.save(update_fields=changed)
        record(action="accounts.person.corrected", on=person, by=by, at=at, fields=changed)
    return person


def require_living(person: Person) -> None:
    """Raises NoLonger for a row that was merged away or emptied."""
    if person.merged_into_id or person.anonymized_at:
        raise NoLonger


def _require_correct(by: Any, person: Person, at: datetime) -> None:
    permissions.require(permissions.may_correct(by, person, at))
    if getattr(by, "pk", None) != person.pk:
        require_level(by, permissions.TABLE.deeds[permissions.CORRECT].level)


def _checked(name: str | None, phone: str | None) -> dict[str, str]:
    wanted: dict[str, str] = {}
    if name is not None:
        wanted["name"] = words.one_line(name)
        if fault := words.fault_of_name(wanted["name"]):
            raise NotCorrected("name", fault)
    if phone is not None:
        wanted["phone"] = words.one_line(phone)
        if fault := words.fault_of_phone(wanted["phone"]):
            raise NotCorrected("phone", fault)
    return wanted
