"""What has happened with a thing of the register, for everybody: days and deeds, not who did them."""

from __future__ import annotations

from django.db.models import Model

from samspel.kernel.audit import history_of
from samspel.kernel.ui.components import Event


def public_history(thing: Model) -> list[Event]:
    """The thing's history, newest first, in one query."""
    return [Event(at=row.at, label=row.label) for row in history_of(thing)]
