"""A reminder as a mail: the deed and the date first, then where, and the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy

from samspel.accounts.queries import Due, addressee
from samspel.kernel.ui.links import absolute, in_language
from samspel.letters.models import Reminder
from samspel.post.models import Message
from samspel.post.operations import notices

ONE: Final = "letters/notices/reminder.html"
OF_THE_DAY: Final = "letters/notices/reminders_of_the_day.html"
KINDS: Final = tuple(notices.kind_of(template) for template in (ONE, OF_THE_DAY))
_ADDRESS_KEPT: Final = timedelta(days=90)


def mail_of(rows: Sequence[Reminder], dues: Sequence[Due], *, at: datetime) -> Message:
    """One mail, not written yet, with one reminder or all of a day in it, in the person's language.

    It is worth sending as long as the first of them is. Raises AddressRefused.
    """
    person, today = rows[0].person, timezone.localdate(at)
    dated = sorted(zip(rows, dues, strict=True), key=lambda both: (both[1].due_on, both[0].pk))
    told = [_told(due, today, person.language) for _row, due in dated]
    context = {**told[0], "rows": told, "number_more": len(told) - 1}
    return notices.unsaved(
        ONE if len(told) == 1 else OF_THE_DAY,
        addressee(person),
        context,
        at=at,
        good_until=min(row.latest_at for row in rows),
        forget_at=at + _ADDRESS_KEPT,
    )


def _told(due: Due, today: date, language: str) -> dict[str, Any]:
    return {
        "deed": due.deed,
        "day": _day(due.due_on, today.year),
        "where": due.where,
        "is_late": due.due_on < today,
        "is_today": due.due_on == today,
        "url": in_language(absolute(due.address), language),
    }


def _written(day: date, year: int) -> str:
    return date_format(day, "j F" if day.year == year else "j F Y")


# Said when the mail is put into words, in its own language.
_day = lazy(_written, str)
