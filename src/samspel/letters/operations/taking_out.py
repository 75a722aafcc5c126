"""It is kept that somebody took out whom a letter goes to, or went to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.kernel.audit import record
from samspel.letters import permissions
from samspel.letters.models import Letter


@transaction.atomic
def recipients(*, letter: Letter, number: int, by: Any, at: datetime) -> None:
    """number: how many are in the file. Raises PermissionDenied."""
    permissions.TABLE.require(by, permissions.TAKE_OUT, at)
    record(action="letters.letter.recipients_taken_out", on=letter, by=by, at=at, number=number)


@transaction.atomic
def delivery(*, letter: Letter, number: int, by: Any, at: datetime) -> None:
    """number: how many are in the file. Raises PermissionDenied."""
    permissions.TABLE.require(by, permissions.TAKE_OUT, at)
    record(action="letters.letter.delivery_taken_out", on=letter, by=by, at=at, number=number)
