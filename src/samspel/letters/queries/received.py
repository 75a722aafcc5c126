"""All that somebody has been sent: letters to her, to her organizations and passed on to her, and other mails."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from samspel.accounts.models import Person
from samspel.accounts.queries.people import keys_of
from samspel.kernel.permissions import AGENCY, holdings_of
from samspel.letters.models import Letter, LetterState, PassedTo, Recipient
from samspel.post.models import Message

# Mails of letters stand among the letters.
_LETTERS = ("letters.letter", "letters.passed_on")


def letters_to(person: Person, at: datetime) -> QuerySet[Letter]:
    """Letters that came to her, or to the official address of where she has a task; newest first, in one query.

    Each says how it came: `is_own` (to her), `is_passed_on` (somebody sent it on to her), else to where she works.
    """
    own = Recipient.objects.filter(letter=OuterRef("pk"), person=person)
    passed = PassedTo.objects.filter(passing_on__letter=OuterRef("pk"), person=person)
    found = Letter.objects.filter(state=LetterState.SENT).annotate(is_own=Exists(own), is_passed_on=Exists(passed))
    theirs = _official(person, at)
    to_hers = Q(is_own=True) | Q(is_passed_on=True)
    if theirs:
        official = Recipient.objects.filter(theirs, letter=OuterRef("pk"), person=None)
        to_hers |= Q(Exists(official))
    return found.filter(to_hers).order_by("-sent_at", "-pk")


def has_got(person: Person, letter: Letter, at: datetime) -> bool:
    """Whether a letter is among those."""
    return letters_to(person, at).filter(pk=letter.pk).exists()


def mails_to(person: Person) -> QuerySet[Message]:
    """Other mails to her that are still kept, newest first."""
    return Message.objects.filter(to_key__in=keys_of(person)).exclude(kind__in=_LETTERS).order_by("-written_at", "-pk")


def _official(person: Person, at: datetime) -> Q | None:
    """A condition for what went to the organizations she has a task at; None where she has none."""
    places = {held.place for held in holdings_of(person, at) if held.place is not AGENCY}
    organizers = [pk for kind, pk in places if kind == "organizer"]
    universities = [pk for kind, pk in places if kind == "university"]
    return Q(organizer__in=organizers) | Q(university__in=universities) if places else None
