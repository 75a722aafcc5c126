"""Letters as lists: who may know of which, what waits for whom, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from samspel.letters import permissions
from samspel.letters.models import Letter, LetterState

BEFORE_SENDING = (LetterState.DRAFT, LetterState.FOR_APPROVAL, LetterState.APPROVED, LetterState.PLANNED)


def visible_to(person: Any, at: datetime) -> QuerySet[Letter]:
    """Those a person may know of before they are sent: all, for the agency's people who deal with letters."""
    found = Letter.objects.select_related("scheme", "case_file__series", "sender", "corrects", "document")
    return found if permissions.TABLE.allows(person, permissions.SEE, at) else found.none()


def begun_by(letters: QuerySet[Letter], person: Any) -> QuerySet[Letter]:
    """What she began, changed last or asked for, and that is not sent yet."""
    hers = Q(begun_by=person.key) | Q(changed_by=person.key) | Q(asked_by=person.key)
    return letters.filter(hers, state__in=BEFORE_SENDING)


def waiting_for(letters: QuerySet[Letter], person: Any, at: datetime) -> QuerySet[Letter]:
    """What she may say yes to and did not ask for herself, and what is approved and waits for who may send it."""
    wanted = Q(pk__in=[])
    if permissions.TABLE.allows(person, permissions.APPROVE, at, state=LetterState.FOR_APPROVAL):
        wanted |= Q(state=LetterState.FOR_APPROVAL) & ~Q(asked_by=person.key)
    if permissions.TABLE.allows(person, permissions.SEND, at, state=LetterState.APPROVED):
        wanted |= Q(state=LetterState.APPROVED)
    return letters.filter(wanted)


def in_states(letters: QuerySet[Letter], *states: str) -> QuerySet[Letter]:
    """Those in one of these states."""
    return letters.filter(state__in=states)


def numbers_in(lists: Mapping[str, QuerySet[Letter]]) -> dict[str, int]:
    """How many are in each of some lists, in one query."""
    wanted = {name: Count("pk", filter=Q(pk__in=found.values("pk"))) for name, found in lists.items()}
    return Letter.objects.aggregate(**wanted)


def title_of(letter: Letter, language: str) -> str:
    """Its subject in a language, or what it is called until it has one."""
    subject = letter.body.get("subject") if isinstance(letter.body, dict) else None
    said = subject if isinstance(subject, dict) else {}
    swedish, english = str(said.get("sv", "")), str(said.get("en", ""))
    return (english or swedish if language == "en" else swedish or english) or _("Letter without a subject")
