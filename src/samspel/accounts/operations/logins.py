"""Put on record that somebody came and went."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samspel.accounts.models import Person
from samspel.kernel.audit import record

# How somebody got in.
BY_CODE = "code"
BY_DEMO = "demo"


@transaction.atomic
def note_login(*, person: Person, at: datetime, method: str) -> None:
    """On record: she logged in, BY_CODE or BY_DEMO."""
    record(action="accounts.person.logged_in", on=person, by=person, at=at, method=method)


@transaction.atomic
def note_logout(*, person: Person, at: datetime) -> None:
    """On record: she logged out."""
    record(action="accounts.person.logged_out", on=person, by=person, at=at)
