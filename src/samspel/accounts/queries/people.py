"""People by address and key, and their names for those who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from samspel.accounts.models import Person


def person_by_email(email: str) -> Person | None:
    """The active person with that address, whatever its capitals."""
    return Person.objects.filter(email=email.strip().lower(), is_active=True).first()


def names_of(keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """Person key to name, in one query, for those who may see who did what."""
    wanted = {key for key in keys if key is not None}
    return dict(Person.objects.filter(key__in=wanted).values_list("key", "name"))
