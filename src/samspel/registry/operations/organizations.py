"""Put an organization's official mail and postal address right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.kernel.audit import record
from samspel.kernel.permissions import require
from samspel.registry import permissions
from samspel.registry.models import Organizer, University
from samspel.registry.queries.holdings import organizer_place, university_place


@transaction.atomic
def correct_organizer(
    *, organizer: Organizer, official_email: str, postal_address: str, by: Any, at: datetime
) -> Organizer:
    """Where an organizer's official mail and letters on paper go. The audit says which was changed, not to what.

    Raises PermissionDenied unless `by` administers it, or the agency.
    """
    organizer = Organizer.objects.select_for_update(no_key=True, of=("self",)).get(pk=organizer.pk)
    _require(by, organizer_place(organizer.pk), at)
    wanted = {"official_email": official_email.strip().lower(), "postal_address": tidy(postal_address)}
    _save(organizer, wanted, by, at)
    return organizer


@transaction.atomic
def correct_university(*, university: University, postal_address: str, by: Any, at: datetime) -> University:
    """Where a university's letters on paper go. Raises as `correct_organizer`."""
    university = University.objects.select_for_update(no_key=True).get(pk=university.pk)
    _require(by, university_place(university.pk), at)
    _save(university, {"postal_address": tidy(postal_address)}, by, at)
    return university


def tidy(address: str) -> str:
    """An address as lines without blanks at their ends."""
    return "\n".join(line.strip() for line in address.splitlines() if line.strip())


def _require(by: Any, place: Any, at: datetime) -> None:
    require(permissions.may_correct_addresses(by, place, at))
    permissions.TABLE.require_level(by, permissions.CORRECT_OWN_ADDRESSES)


def _save(thing: Organizer | University, wanted: dict[str, str], by: Any, at: datetime) -> None:
    changed = [name for name, value in wanted.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, wanted[name])
    if changed:
        thing.save(update_fields=changed)
        action = f"registry.{thing._meta.model_name}.addresses_corrected"
        record(action=action, on=thing, by=by, at=at, fields=changed)
