"""Whom something that comes late or moves concerns, and what it is about in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from samspel.letters.models import Frozen, KeyDate, Letter, LetterState, Recipient
from samspel.letters.queries import handed
from samspel.letters.queries.handed import Addressed, Subject
from samspel.letters.rules import documents

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


def got_letter(key: str, at: datetime) -> Iterator[Addressed]:
    """Those a letter was sent to, and those its corrections were."""
    if not _is_key(key):
        return
    rows = Recipient.objects.filter(letter__key=key) | Recipient.objects.filter(letter__corrects__key=key)
    yield from once(_addressed(row) for row in rows.select_related("person").order_by("pk"))


def shown_date(date: KeyDate) -> list[Addressed]:
    """Those who were sent a letter that shows a key date."""
    rows = Recipient.objects.filter(letter__in=letters_showing(date)).select_related("person").order_by("pk")
    return list(once(_addressed(row) for row in rows))


def told_of_date(key: str, at: datetime) -> list[Addressed]:
    """The same, by the date's key."""
    date = KeyDate.objects.filter(key=key).first() if _is_key(key) else None
    return shown_date(date) if date else []


def letters_showing(date: KeyDate) -> list[Letter]:
    """The letters sent in which a key date stands, newest first."""
    block = {"blocks": [{"kind": documents.LIVE, "ref": f"{LIVE_DATE}:{date.key}"}]}
    return list(Letter.objects.filter(state=LetterState.SENT, body__contains=block).order_by("-sent_at"))


def letters_in_words(keys: Collection[str]) -> Mapping[str, Subject]:
    """Letters by their subjects, and where they stand: in the archive once sent, at work till then."""
    language = "en" if (get_language() or "").startswith("en") else "sv"
    found = Letter.objects.filter(key__in=[key for key in keys if _is_key(key)])
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
    found = KeyDate.objects.filter(key__in=[key for key in keys if _is_key(key)])
    return {
        str(date.key): Subject(
            (date.title_en if in_english else "") or date.title_sv, reverse("letters:key_date", args=[date.key])
        )
        for date in found
    }


def once(given: Iterable[Addressed]) -> Iterator[Addressed]:
    """Each address once, the first time it comes; who has only a postal address is told apart by who she is."""
    met: set[str] = set()
    for one in given:
        known_by = one.address or one.key
        if known_by not in met:
            met.add(known_by)
            yield one


def _addressed(row: Recipient) -> Addressed:
    """A recipient as she is reached today: a person at the address she has now."""
    person = row.person if row.person and row.person.is_active else None
    return Addressed(
        address=person.email if person else row.address,
        name=person.name if person else row.name,
        language=person.language if person else row.language,
        person=row.person_id,
        person_key=person.key if person else None,
        organizer=row.organizer_id,
        university=row.university_id,
        reasons=tuple(row.reasons),
    )


def _address(letter: Letter) -> str:
    if letter.slug and letter.is_public:
        return reverse("letters:archived", args=[letter.slug])
    return reverse("letters:letter", args=[letter.key])


def _is_key(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
