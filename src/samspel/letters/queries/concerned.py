"""Whom something that comes late or moves concerns, and what it is about in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from samspel.letters.models import Frozen, KeyDate, Letter, LetterState, Recipient
from samspel.letters.queries import chosen, handed
from samspel.letters.queries.handed import Addressed, Subject
from samspel.letters.rules import documents
from samspel.letters.rules.keys import is_key

LETTER = "letters.letter"
LIVE_DATE = "letters.date"


def concerned(about: str, at: datetime) -> list[Addressed]:
    """Those to be told about what `about` names, as "letters.letter:<key>"; nobody where no app knows the kind."""
    kind, _, key = about.partition(":")
    found = handed.concerned.get(kind)
    return list(found(key, at)) if found else []


def subjects(abouts: Collection[str]) -> dict[str, Subject]:
    """What each is about, in words, asked for once by kind."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for about in abouts:
        kind, _, key = about.partition(":")
        by_kind[kind].append(key)
    told: dict[str, Subject] = {}
    for kind, keys in by_kind.items():
        if describe := handed.subjects.get(kind):
            told |= {f"{kind}:{key}": subject for key, subject in describe(keys).items()}
    return told


def got_letter(key: str, at: datetime) -> list[Addressed]:
    """Those a letter was sent to, and those its corrections were, each as she is reached now."""
    if not is_key(key):
        return []
    return chosen.reached(Recipient.objects.filter(Q(letter__key=key) | Q(letter__corrects__key=key)))


def shown_date(date: KeyDate) -> list[Addressed]:
    """Those who were sent a letter that shows a key date, each as she is reached now."""
    return chosen.reached(Recipient.objects.filter(letter__in=letters_showing(date)))


def told_of_date(key: str, at: datetime) -> list[Addressed]:
    """The same, by the date's key."""
    date = KeyDate.objects.filter(key=key).first() if is_key(key) else None
    return shown_date(date) if date else []


def letters_showing(date: KeyDate) -> list[Letter]:
    """The letters sent in which a key date stands, newest first."""
    block = {"blocks": [{"kind": documents.LIVE, "ref": f"{LIVE_DATE}:{date.key}"}]}
    return list(Letter.objects.filter(state=LetterState.SENT, body__contains=block).order_by("-sent_at"))


def letters_in_words(keys: Collection[str]) -> Mapping[str, Subject]:
    """Letters by their subjects, and where they stand: in the archive once sent, at work till then."""
    language = "en" if (get_language() or "").startswith("en") else "sv"
    found = Letter.objects.filter(key__in=[key for key in keys if is_key(key)])
    sent = dict(
        Frozen.objects.filter(letter__in=found, language=language).values_list("letter_id", "subject").order_by()
    )
    return {
        str(letter.key): Subject(
            sent.get(letter.pk) or documents.read(letter.body).subject.in_language(language), _address(letter)
        )
        for letter in found
    }


def dates_in_words(keys: Collection[str]) -> Mapping[str, Subject]:
    """Key dates by their titles; those outside the agency read of them in letters."""
    in_english = (get_language() or "").startswith("en")
    found = KeyDate.objects.filter(key__in=[key for key in keys if is_key(key)])
    return {
        str(date.key): Subject(
            (date.title_en if in_english else "") or date.title_sv, reverse("letters:key_date", args=[date.key])
        )
        for date in found
    }


def _address(letter: Letter) -> str:
    if letter.slug and letter.is_public:
        return reverse("letters:archived", args=[letter.slug])
    return reverse("letters:letter", args=[letter.key])
