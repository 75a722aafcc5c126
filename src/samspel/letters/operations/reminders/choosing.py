"""How somebody wants her reminders: she says so herself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.kernel.audit import record
from samspel.letters import permissions
from samspel.letters.models import ReminderChoice, ReminderWay


@transaction.atomic
def choose(*, way: str, by: Any, at: datetime) -> ReminderChoice:
    """One mail for each reminder, or one a day with all of them. Raises ValueError for a way that there is not."""
    permissions.TABLE.require(by, permissions.CHOOSE_REMINDERS, at)
    way = ReminderWay(way)
    choice, is_new = ReminderChoice.objects.select_for_update().get_or_create(
        person=by, defaults={"way": way, "chosen_at": at}
    )
    if not is_new and choice.way == way:
        return choice
    choice.way, choice.chosen_at = way, at
    choice.save(update_fields=["way", "chosen_at"])
    record(action="letters.reminders.chosen", on=choice, by=by, at=at, way=way)
    return choice
