"""What is kept of a person's reminders, for her register extract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.accounts.models import Person
from samspel.accounts.queries.extracts import ExtractPart, Field
from samspel.letters.models import Reminder, ReminderChoice
from samspel.letters.queries.reminders import kinds


def parts(person: Person, at: datetime) -> Iterator[ExtractPart]:
    """What she is and has been reminded of, and how she wants it."""
    names = kinds()
    rows = Reminder.objects.filter(person=person).order_by("send_at", "pk")
    yield ExtractPart(_("Reminders"), tuple(_row(row, names) for row in rows), "reminders")
    chosen = ReminderChoice.objects.filter(person=person)
    yield ExtractPart(_("How you want your reminders"), tuple(_choice(row) for row in chosen), "reminder_choice")


def _row(row: Reminder, names: dict[str, object]) -> tuple[Field, ...]:
    kind = row.about.partition(":")[0]
    return (
        Field("about", pgettext("of a reminder", "What it is about"), row.about, names.get(kind, kind)),
        Field("due_on", _("Last day"), row.due_on),
        Field("send_at", _("To be sent"), row.send_at),
        Field("state", pgettext("of a reminder", "State"), row.state, row.get_state_display()),
        Field("ended_at", _("Since"), row.ended_at),
    )


def _choice(row: ReminderChoice) -> tuple[Field, ...]:
    return (
        Field("way", _("How you want your reminders"), row.way, row.get_way_display()),
        Field("chosen_at", pgettext("of a reminder", "Chosen"), row.chosen_at),
    )
