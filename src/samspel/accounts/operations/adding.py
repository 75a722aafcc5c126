"""Add many people at once, in few statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.accounts import permissions
from samspel.accounts.models import Person
from samspel.accounts.queries.people import standing_for
from samspel.kernel.audit import record_many


@dataclass(frozen=True)
class Newcomer:
    """Somebody to add: her address, name and telephone."""

    email: str
    name: str
    phone: str = ""


@transaction.atomic
def add_people(*, newcomers: Iterable[Newcomer], by: Any, at: datetime, language: str = "sv") -> dict[str, Person]:
    """As `add_person` for each: address to person. Somebody with an address already is returned as she is.

    Raises PermissionDenied unless `by` is the system or an active person.
    """
    permissions.require(permissions.may_add_person(by))
    wanted = {one.email.strip().lower(): one for one in newcomers}
    there = set(Person.objects.filter(email__in=wanted).values_list("email", flat=True))
    new = [
        Person(email=email, name=one.name, phone=one.phone, language=language, joined_at=at)
        for email, one in wanted.items()
        if email not in there
    ]
    Person.objects.bulk_create(new, ignore_conflicts=True)
    found = {one.email: one for one in Person.objects.filter(email__in=wanted).select_related("merged_into")}
    # Somebody who was added by another at the same moment has another key than the one made here.
    own = {one.key for one in new}
    added = [one for one in found.values() if one.key in own]
    record_many(action="accounts.person.added", on=added, by=by, at=at, invented=False)
    return {email: standing_for(one) for email, one in found.items()}
