"""Whom a letter goes to as things stand: its audience, or of a correction exactly those who got the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from samspel.letters.models import Letter, Recipient
from samspel.letters.queries import audiences
from samspel.letters.queries.handed import Addressed
from samspel.post.models import Message


def recipients(letter: Letter, at: datetime) -> list[Addressed]:
    """Those it would go to now, each address once, with why."""
    if letter.corrects_id:
        return got(letter.corrects_id)
    return list(audiences.recipients(letter.audience, at, letter=letter))


def count(letter: Letter, at: datetime) -> int:
    """How many, counted in the database apart from the rows; of a correction those who can still be reached."""
    if letter.corrects_id:
        return len(got(letter.corrects_id))
    return audiences.count(letter.audience, at, letter=letter)


def settled(letter: Letter, at: datetime) -> tuple[list[Addressed], int]:
    """Those it goes to and how many they are, found in two ways that agree.

    Somebody may be appointed between the two questions; then they are asked once more. An answer that does not settle
    is given as it is: the numbers differ, and whoever asked decides.
    """
    for _try in range(3):
        found, number = recipients(letter, at), count(letter, at)
        if len(found) == number:
            break
    return found, number


def is_to_all(letter: Letter, at: datetime) -> bool:
    """Whether it goes to all of a kind; a correction does if the first did."""
    while letter.corrects is not None:
        letter = letter.corrects
    return bool(audiences.is_to_all(letter.audience, at))


def got(letter_pk: int) -> list[Addressed]:
    """Those a letter was sent to, each as she is reached now."""
    return reached(Recipient.objects.filter(letter=letter_pk))


def reached(recipients: QuerySet[Recipient]) -> list[Addressed]:
    """Those whom letters went to, each once and as she is reached now: two queries however many.

    Who has another mail address since gets it there; whose account is closed gets it where the letter went, for what is
    said concerns that letter. Who is forgotten altogether is reached no more.
    """
    rows = list(recipients.select_related("person").order_by("pk"))
    paper = _postal_addresses(row for row in rows if not row.address)
    found = (_as_reached(row, paper.get(row.message_key, "")) for row in rows)
    return list(_once(one for one in found if one.address or one.postal_address))


def _once(given: Iterable[Addressed]) -> Iterator[Addressed]:
    """Each address once, the first time it comes; who has only a postal address is told apart by who she is."""
    met: set[str] = set()
    for one in given:
        known_by = one.address or one.key
        if known_by not in met:
            met.add(known_by)
            yield one


def _as_reached(row: Recipient, postal_address: str) -> Addressed:
    person = row.person if row.person and row.person.is_active else None
    return Addressed(
        address=person.email if person and row.address else row.address,
        name=person.name if person else row.name,
        language=person.language if person else row.language,
        person=row.person_id,
        person_key=row.person.key if row.person else None,
        organizer=row.organizer_id,
        university=row.university_id,
        postal_address=postal_address,
        reasons=tuple(row.reasons),
    )


def _postal_addresses(rows: Iterable[Recipient]) -> dict[UUID | None, str]:
    keys = [row.message_key for row in rows if row.message_key]
    found = Message.objects.filter(key__in=keys) if keys else Message.objects.none()
    return dict(found.values_list("key", "postal_address"))
