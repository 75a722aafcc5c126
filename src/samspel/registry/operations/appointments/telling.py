"""Who is told of a change among appointments. Part of the operation's own transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from samspel.registry.models import Appointment


def appointed(new: Appointment, *, by: Any, at: datetime) -> None:
    """She who was appointed, and her organization's administrators."""


def replaced(left: Appointment, new: Appointment, *, by: Any, at: datetime) -> None:
    """The one who leaves, the one who comes, and their organization's administrators."""


def ended(over: Appointment, *, by: Any, at: datetime) -> None:
    """She whose appointment ends, and her organization's administrators."""


def ends_soon(ending: Appointment, *, due: date, at: datetime) -> None:
    """The same, before the last day comes."""
