"""A correction of a letter that was sent: a new letter, to exactly those who got the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from samspel.kernel.audit import record
from samspel.kernel.ui.dates import day_text
from samspel.letters import permissions
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations import writing
from samspel.letters.operations.sending.refusals import LetterRefused
from samspel.letters.operations.sending.taking import taken
from samspel.letters.rules import documents
from samspel.letters.rules.documents import TEXT, Block, LetterDocument, Words

_LONGEST: Final = documents.reading.LONGEST["subject"]
_UNDER_WAY: Final = (LetterState.DRAFT, LetterState.FOR_APPROVAL, LetterState.APPROVED, LetterState.PLANNED)


@transaction.atomic
def correct(*, letter: Letter, by: Any, at: datetime) -> Letter:
    """A draft that says what the letter said and that it corrects it; the one that is under way, if there is one.

    Raises LetterRefused if the letter has not been sent.
    """
    permissions.TABLE.require_in_some_state(by, permissions.CORRECT, at)
    first = taken(letter)
    if first.state != LetterState.SENT:
        raise LetterRefused("not_sent")
    if begun := first.corrections.filter(state__in=_UNDER_WAY).first():
        return begun
    made = writing.begin(by=by, at=at, kind=first.kind, scheme=first.scheme, like=first, is_public=first.is_public)
    made.corrects, made.case_file, made.sender = first, first.case_file, first.sender
    made.body = documents.as_data(_corrected(documents.read(made.body), first.sent_at or at))
    made.audience = first.audience
    made.save(update_fields=["corrects", "case_file", "sender", "body", "audience"])
    made.revisions.update(body=made.body, audience=made.audience)
    record(action="letters.letter.correction_begun", on=first, by=by, at=at, correction=made.key)
    return made


def _corrected(document: LetterDocument, sent_at: datetime) -> LetterDocument:
    subject = document.subject
    keys = {block.key for block in document.blocks}
    key = next(f"r{number}" for number in range(1, len(keys) + 2) if f"r{number}" not in keys)
    opening = Block(key=key, kind=TEXT, words=_opening(subject, sent_at))
    return replace(
        document,
        subject=Words(
            sv=f"Rättelse: {subject.sv}"[:_LONGEST], en=f"Correction: {subject.en}"[:_LONGEST] if subject.en else ""
        ),
        blocks=(opening, *document.blocks[: documents.reading.MOST_BLOCKS - 1]),
    )


def _opening(subject: Words, sent_at: datetime) -> Words:
    """Written in the letter's own two languages: the words become the letter's, and are changed by who writes it."""
    on = timezone.localdate(sent_at)
    with override("sv"):
        swedish = f"Det här brevet rättar ”{subject.sv}” av den {day_text(on)}."
    with override("en"):
        english = f"This letter corrects “{subject.en}” of {day_text(on)}."
    return Words(sv=swedish, en=english if subject.en else "")
