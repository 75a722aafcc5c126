"""Letters on paper: a file to print, and the word of a person that they are posted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from samspel.kernel import documents
from samspel.kernel.audit import record_many
from samspel.kernel.ui.dates import day_text
from samspel.post import permissions
from samspel.post.models import Message, MessageState
from samspel.post.queries import paper as queries
from samspel.post.queries.notices import name_of_house, signature
from samspel.post.rules import notices

TEMPLATE = "post/documents/letters.typ"


def printed(*, pile: UUID | date, title: str, by: Any, at: datetime) -> bytes:
    """A PDF with a page or more for each letter of a pile, the address where the window of an envelope is.

    Nothing is changed by it: printers jam. Raises PermissionDenied.
    """
    permissions.TABLE.require(by, permissions.PRINT, at)
    data = {"title": title, "letters": [_letter(message) for message in queries.letters(pile)]}
    return documents.pdf(TEMPLATE, data, translation.get_language() or "sv", at=at)


@transaction.atomic
def mark_posted(*, pile: UUID | date, up_to: int, by: Any, at: datetime) -> int:
    """Say that the letters of a pile are posted, up to the last one that was in the file. Returns how many.

    Each counts as sent then, by post: whom it was settled by tells it from a mail. Raises PermissionDenied.
    """
    permissions.TABLE.require(by, permissions.PRINT, at)
    there = [message.pk for message in queries.letters(pile) if message.pk <= up_to]
    held = list(Message.objects.select_for_update().filter(pk__in=there, state=MessageState.PAPER))
    Message.objects.filter(pk__in=[message.pk for message in held]).update(
        state=MessageState.SENT, sent_at=at, settled_at=at, settled_by=by.key, body="", body_html=""
    )
    return record_many(action="post.message.posted", on=held, by=by, at=at)


def _letter(message: Message) -> dict[str, Any]:
    words, _dash, _foot = message.body.partition("\n-- \n")
    with translation.override(message.language):
        return {
            "sender": message.sender.name if message.sender else name_of_house(),
            "foot": signature(message.sender),
            "on": day_text(timezone.localdate(message.written_at)),
            "to": [line for line in [message.to_name, *message.postal_address.splitlines()] if line.strip()],
            "subject": message.subject,
            "words": notices.unwrapped(words),
            "language": message.language,
        }
