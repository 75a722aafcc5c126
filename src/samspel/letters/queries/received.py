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

    Each says how it came: `is_own` (to her), `is_official` (to where she works), `is_passed_on` (somebody sent it on).
    """
    own = Recipient.objects.filter(letter=OuterRef("pk"), person=person)
    passed = PassedTo.objects.filter(passing_on__letter=OuterRef("pk"), person=person)
    found = Letter.objects.filter(state=LetterState.SENT).annotate(is_own=Exists(own), is_passed_on=Exists(passed))
    official = Recipient.objects.filter(_official(person, at), letter=OuterRef("pk"))
    found = found.annotate(is_official=Exists(official))
    return found.filter(Q(is_own=True) | Q(is_passed_on=True) | Q(is_official=True)).order_by("-sent_at", "-pk")


def has_got(person: Person, letter: Letter, at: datetime) -> bool:
    """Whether a letter is among those."""
    return letters_to(person, at).filter(pk=letter.pk).exists()


def part_for(person: Person, letter: Letter) -> frozenset[str]:
    """Keys of the blocks that she got, of a letter that was passed on to her in part; empty where she got all of it.

    letter: one of `letters_to`.
    """
    if letter.is_own or letter.is_official:  # type: ignore[attr-defined]  # annotated
        return frozenset()
    passed = PassedTo.objects.filter(passing_on__letter=letter, person=person)
    parts = list(passed.values_list("passing_on__blocks", flat=True))
    return frozenset() if not all(parts) else frozenset(key for part in parts for key in part)


def mails_to(person: Person) -> QuerySet[Message]:
    """Other mails to her that are still kept, newest first."""
    return Message.objects.filter(to_key__in=keys_of(person)).exclude(kind__in=_LETTERS).order_by("-written_at", "-pk")


def _official(person: Person, at: datetime) -> Q:
    """A condition for what went to the organizations she has a task at; nothing meets it where she has none."""
    places = {held.place for held in holdings_of(person, at) if held.place is not AGENCY}
    organizers = [pk for kind, pk in places if kind == "organizer"]
    universities = [pk for kind, pk in places if kind == "university"]
    return Q(organizer__in=organizers) | Q(university__in=universities)
