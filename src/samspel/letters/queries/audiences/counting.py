"""How many an audience is, counted in the database by addresses, apart from the rows that are picked.

Post and the audit of letters compare the two: neither is made of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower, Trim

from samspel.accounts.models import Person
from samspel.letters.models import Letter, Unsubscribed
from samspel.letters.queries.audiences import narrowing
from samspel.letters.queries.audiences.people import deputies, list_rows
from samspel.letters.queries.audiences.picking import unwanted
from samspel.letters.rules import audiences as rules
from samspel.letters.rules.audiences import Audience
from samspel.registry.models import Organizer


def count(audience: Mapping[str, Any] | Audience, at: datetime, *, letter: Letter | None = None) -> int:
    """How many would get a letter: different mail addresses, and organizers that have a postal address alone."""
    audience = audience if isinstance(audience, Audience) else rules.read(audience)
    left_out = list(_of_lists(audience.without.lists)) if audience.without.lists else []
    minded = unwanted(letter)
    if minded is not None:
        left_out.append(Unsubscribed.objects.filter(minded).values("address"))
    parts = list(_addresses(audience, at))
    for gone in left_out:
        parts = [part.exclude(folded__in=gone) for part in parts]
    by_mail = parts[0].values("folded").union(*(part.values("folded") for part in parts[1:])).count() if parts else 0
    return by_mail + _on_paper(audience, at)


def is_to_all(audience: Mapping[str, Any] | Audience, at: datetime) -> bool:
    """Whether it goes to everybody of a kind: nothing narrows it, or what does leaves nobody out."""
    audience = audience if isinstance(audience, Audience) else rules.read(audience)
    if not audience.to:
        return False
    narrowed = replace(audience, lists=())
    everybody = Audience(to=audience.to)
    return narrowed == everybody or count(narrowed, at) == count(everybody, at)


def _addresses(audience: Audience, at: datetime) -> Iterator[QuerySet[Any]]:
    """The addresses of each part (`folded`), in no order."""
    if audience.roles:
        held = narrowing.appointments(audience, at).filter(person__is_active=True)
        yield _folded(held, "person__email")
        yield _folded(deputies(audience, at).select_related(None), "deputy__email")
    if audience.is_official:
        yield _folded(narrowing.official(audience, at), "official_email")
    if audience.lists:
        rows = list_rows(audience.lists)
        closed = Person.objects.filter(email=Lower(Trim(OuterRef("address"))), is_active=False)
        yield _folded(rows, "person__email")
        yield _folded(rows, "organizer__official_email")
        yield _folded(rows.filter(~Exists(closed)), "address")


def _of_lists(keys: tuple[str, ...]) -> Iterator[QuerySet[Any]]:
    rows = list_rows(keys)
    for field in ("person__email", "organizer__official_email", "address"):
        yield _folded(rows, field).values("folded")


def _folded(rows: QuerySet[Any], field: str) -> QuerySet[Any]:
    return rows.order_by().annotate(folded=Lower(Trim(field))).exclude(folded=None).exclude(folded="")


def _on_paper(audience: Audience, at: datetime) -> int:
    """Organizers without a mail address that can be written to on paper."""
    meant = Q(pk__in=narrowing.official(audience, at).values("pk"))
    if audience.lists:
        meant |= Q(pk__in=list_rows(audience.lists).filter(organizer__isnull=False).values("organizer"))
    blank = Organizer.objects.annotate(mail=Trim("official_email"), post=Trim("postal_address")).filter(mail="")
    gone = list_rows(audience.without.lists).filter(organizer__isnull=False).values("organizer")
    return blank.filter(meant).exclude(post="").exclude(pk__in=gone).count()
