"""What can be wrong with the shared mailbox, for the operations page and the daily mail; it names no question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.casefiles.models import Question
from samspel.casefiles.queries.questions import OPEN
from samspel.post.queries.health import Trouble

READ_WITHIN: Final = timedelta(hours=1)
# When the mailbox was last read to its end; in the shared cache, for it is known again within a minute.
READ_AT: Final = "casefiles.mailbox_read_at"
# How many mails in it could then not be taken in.
LEFT: Final = "casefiles.mailbox_left"


def find_mailbox_trouble(at: datetime) -> Iterator[Trouble]:
    """A mailbox that nobody has read for an hour, mails that could not be taken in, and questions past their day."""
    if settings.SAMSPEL_MAILBOX_IMAP:
        yield from _in_mailbox(at)
    late = Question.objects.filter(state__in=OPEN, due_on__lt=timezone.localdate(at)).order_by()
    found = late.aggregate(number=Count("pk"), since=Min("received_at"))
    if number := found["number"]:
        said = ngettext(
            "%(number)s question to the shared mailbox should have been answered by now.",
            "%(number)s questions to the shared mailbox should have been answered by now.",
            number,
        )
        yield Trouble("late-questions", said % {"number": number}, number, found["since"])


def _in_mailbox(at: datetime) -> Iterator[Trouble]:
    kept = cache.get_many([READ_AT, LEFT])
    read_at, left = kept.get(READ_AT), kept.get(LEFT, 0)
    if read_at is None or read_at < at - READ_WITHIN:
        said = _("The shared mailbox has not been read to its end for an hour: questions do not come in.")
        yield Trouble("mailbox", said, since=read_at)
    if left:
        said = ngettext(
            "%(number)s mail in the shared mailbox could not be taken in. It lies there unread, with a flag.",
            "%(number)s mails in the shared mailbox could not be taken in. They lie there unread, with a flag.",
            left,
        )
        yield Trouble("mails-left", said % {"number": left}, left)
