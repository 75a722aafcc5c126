"""What letters that are on their way put into Att göra: to approve, to plan, to write on, to look after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo
from samspel.letters import permissions
from samspel.letters.models import Letter, LetterState
from samspel.letters.queries.letters import title_of


def to_do(person: Person, at: datetime) -> Iterator[ToDo]:
    """One query for all of it; who may do nothing of it is asked nothing."""
    wanted = _wanted(person, at)
    if not wanted:
        return
    for letter in Letter.objects.filter(wanted).order_by("asked_at", "pk")[:50]:
        yield _row(letter, title_of(letter, (get_language() or "sv")[:2]))


def _wanted(person: Person, at: datetime) -> Q:
    wanted = Q()
    if permissions.TABLE.allows(person, permissions.APPROVE, at, state=LetterState.FOR_APPROVAL):
        wanted |= Q(state=LetterState.FOR_APPROVAL) & ~Q(asked_by=person.key)
    if permissions.TABLE.allows(person, permissions.SEND, at, state=LetterState.APPROVED):
        wanted |= Q(state=LetterState.APPROVED)
    if permissions.TABLE.allows(person, permissions.WRITE, at, state=LetterState.DRAFT):
        wanted |= Q(state=LetterState.DRAFT, asked_by=person.key) & ~Q(sent_back_because="")
    return wanted


def _row(letter: Letter, title: str) -> ToDo:
    page = reverse("letters:letter", args=[letter.key])
    words = {"letter": title}
    if letter.state == LetterState.FOR_APPROVAL:
        page = reverse("letters:approve", args=[letter.key])
        return ToDo(_("Approve the letter: %(letter)s") % words, page, _("It waits for somebody to say yes."))
    if letter.state == LetterState.APPROVED:
        because = _("It could not be sent when it was planned.") if letter.stopped_because else _("It is approved.")
        return ToDo(_("Plan or send the letter: %(letter)s") % words, page, because)
    return ToDo(_("Change the letter: %(letter)s") % words, page, _("It was read, and a change is asked for."))
