"""A letter is shown for approval; somebody says yes, sends it back with words, or takes it back to write on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from samspel.accounts.models import Person
from samspel.kernel.audit import record
from samspel.letters import permissions
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations.sending.refusals import LetterRefused
from samspel.letters.operations.sending.taking import taken
from samspel.letters.queries import approvals
from samspel.letters.rules import documents
from samspel.post.operations import notices

_LONGEST = 2_000


@transaction.atomic
def ask(*, letter: Letter, by: Any, at: datetime) -> Letter:
    """Show a draft to those who approve. Raises LetterRefused with all that is wanting, or if it is no draft."""
    permissions.TABLE.require_in_some_state(by, permissions.WRITE, at)
    letter = taken(letter)
    if letter.state != LetterState.DRAFT:
        raise LetterRefused("not_draft")
    if wanting := approvals.wanting(letter, at):
        raise LetterRefused(wanting)
    letter.state, letter.asked_at, letter.asked_by = LetterState.FOR_APPROVAL, at, by.key
    # What was asked for has been answered by asking again; the audit keeps that it was asked.
    letter.sent_back_at, letter.sent_back_by, letter.sent_back_because = None, None, ""
    letter.save(update_fields=["state", "asked_at", "asked_by", "sent_back_at", "sent_back_by", "sent_back_because"])
    record(action="letters.letter.asked", on=letter, by=by, at=at, revision=letter.revision)
    return letter


@transaction.atomic
def approve(*, letter: Letter, digest: str, by: Any, at: datetime) -> Letter:
    """Say yes to exactly what was shown: `digest` is of that.

    Raises LetterRefused: somebody did already; changed since; her own, where it goes to many; nobody gets it any more.
    """
    permissions.TABLE.require_in_some_state(by, permissions.APPROVE, at)
    letter = taken(letter)
    _require_waiting(letter)
    if approvals.digest(letter) != digest:
        raise LetterRefused("changed_since")
    if found := approvals.wanting(letter, at) or approvals.obstacles(letter, by, at):
        raise LetterRefused(found)
    letter.state, letter.approved_at, letter.approved_by = LetterState.APPROVED, at, by.key
    letter.approved_digest = digest
    letter.save(update_fields=["state", "approved_at", "approved_by", "approved_digest"])
    record(action="letters.letter.approved", on=letter, by=by, at=at, revision=letter.revision, digest=digest)
    return letter


@transaction.atomic
def send_back(*, letter: Letter, words: str, by: Any, at: datetime) -> Letter:
    """Say no for now, with what is to be changed: it is a draft again, and who asked is told by mail.

    Raises LetterRefused: it does not wait for approval; nothing is said.
    """
    permissions.TABLE.require_in_some_state(by, permissions.APPROVE, at)
    letter = taken(letter)
    _require_waiting(letter)
    words = words.replace("\x00", "").strip()[:_LONGEST]
    if not words:
        raise LetterRefused("no_words_back")
    letter.state = LetterState.DRAFT
    letter.sent_back_at, letter.sent_back_by, letter.sent_back_because = at, by.key, words
    letter.save(update_fields=["state", "sent_back_at", "sent_back_by", "sent_back_because"])
    record(action="letters.letter.sent_back", on=letter, by=by, at=at, revision=letter.revision)
    _tell(letter, words, by, at)
    return letter


@transaction.atomic
def take_back(*, letter: Letter, by: Any, at: datetime) -> Letter:
    """Write on it: what waits, is approved or planned is a draft again, and has to be approved anew.

    Raises LetterRefused: it is a draft, has been sent, or is not to be.
    """
    permissions.TABLE.require_in_some_state(by, permissions.WRITE, at)
    letter = taken(letter)
    if letter.state not in (LetterState.FOR_APPROVAL, LetterState.APPROVED, LetterState.PLANNED):
        raise LetterRefused("sent_already" if letter.state == LetterState.SENT else "not_for_approval")
    left, letter.state = letter.state, LetterState.DRAFT
    letter.approved_at = letter.approved_by = letter.planned_for = letter.planned_by = None
    letter.approved_digest, letter.planned_recipients = "", []
    letter.save(
        update_fields=[
            "state", "approved_at", "approved_by", "approved_digest", "planned_for", "planned_by", "planned_recipients",
        ]
    )  # fmt: skip
    record(action="letters.letter.taken_back", on=letter, by=by, at=at, left=left)
    return letter


def _require_waiting(letter: Letter) -> None:
    if letter.state in (LetterState.APPROVED, LetterState.PLANNED, LetterState.SENT):
        raise LetterRefused("approved_already")
    if letter.state != LetterState.FOR_APPROVAL:
        raise LetterRefused("not_for_approval")


def _tell(letter: Letter, words: str, by: Any, at: datetime) -> None:
    asker = Person.objects.filter(key=letter.asked_by, is_active=True).first()
    if asker is None or not asker.email:
        return
    document = documents.read(letter.body)
    notices.send(
        template="letters/notices/sent_back.html",
        to=notices.Addressee(asker.email, name=asker.name, key=asker.key, language=asker.language),
        context={
            "subject": document.subject.in_language(asker.language),
            "words": words,
            "who": by.name,
            "url": reverse("letters:letter", args=[letter.key]),
        },
        at=at,
    )
