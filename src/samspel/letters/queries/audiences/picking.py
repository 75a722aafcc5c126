"""The recipients of an audience: each address once, with every reason for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from samspel.letters.models import Letter, LetterKind, Unsubscribed
from samspel.letters.queries.audiences.people import found, listed
from samspel.letters.queries.handed import Addressed
from samspel.letters.rules import audiences as rules
from samspel.letters.rules.audiences import Audience
from samspel.post.models import AddressTrouble


@dataclass(frozen=True)
class Picked:
    """recipients: whom a letter goes to. unreached: who is meant, and has neither mail address nor postal address."""

    recipients: list[Addressed]
    unreached: list[Addressed]


def recipients(
    audience: Mapping[str, Any] | Audience, at: datetime, *, letter: Letter | None = None
) -> list[Addressed]:
    """Whom a letter goes to, people first; at most nine queries however many.

    Who mail does not reach any more is given without mail address where there is a postal one. Of news, without those
    who do not want it.
    """
    return picked(audience, at, letter=letter).recipients


def unreached(audience: Mapping[str, Any] | Audience, at: datetime) -> list[Addressed]:
    """Who is meant and has no address of any kind."""
    return picked(audience, at).unreached


def picked(audience: Mapping[str, Any] | Audience, at: datetime, *, letter: Letter | None = None) -> Picked:
    """Who is reached, and who is not."""
    audience = audience if isinstance(audience, Audience) else rules.read(audience)
    left_out = {_known_by(one) for one in listed(audience.without.lists)} if audience.without.lists else set()
    left_out |= do_not_want(letter)
    merged = [one for one in once(found(audience, at)) if _known_by(one) not in left_out]
    reached = list(_on_paper(merged))
    return Picked(
        recipients=[one for one in reached if one.address or one.postal_address.strip()],
        unreached=[one for one in reached if not one.address and not one.postal_address.strip()],
    )


def unwanted(letter: Letter | None) -> Q | None:
    """Which rows of Unsubscribed a letter minds; None for what is not news."""
    if letter is None or letter.kind != LetterKind.NEWS:
        return None
    return Q(scheme=None) | Q(scheme=letter.scheme_id) if letter.scheme_id else Q(scheme=None)


def do_not_want(letter: Letter | None) -> set[str]:
    """Addresses that get no news like this letter; none where it is no news."""
    minded = unwanted(letter)
    return set() if minded is None else set(Unsubscribed.objects.filter(minded).values_list("address", flat=True))


def once(given: Iterable[Addressed]) -> Iterator[Addressed]:
    """One for each address: the person, if it is a person's; the organization it is official for beside her."""
    by_address: dict[str, Addressed] = {}
    for one in given:
        first = by_address.get(_known_by(one))
        by_address[_known_by(one)] = one if first is None else _together(first, one)
    return iter(by_address.values())


def _known_by(one: Addressed) -> str:
    return one.address or one.key


def _together(first: Addressed, more: Addressed) -> Addressed:
    who, other = (first, more) if first.person or not more.person else (more, first)
    reasons = [*first.reasons, *(reason for reason in more.reasons if reason not in first.reasons)]
    return replace(
        who,
        name=who.name or other.name,
        organizer=who.organizer or other.organizer,
        postal_address=who.postal_address or other.postal_address,
        reasons=tuple(reasons),
    )


def _on_paper(given: list[Addressed]) -> Iterator[Addressed]:
    """Without the mail address of those who can be reached on paper alone."""
    addresses = [one.address for one in given if one.address]
    gone = set(
        AddressTrouble.objects.filter(address__in=addresses, hard_at__isnull=False).values_list("address", flat=True)
    )
    for one in given:
        yield replace(one, address="") if one.address in gone and one.postal_address.strip() else one
