"""The public archive: letters that were sent to be read by everybody, as rows and one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import ExtractYear

from samspel.letters import permissions
from samspel.letters.models import Frozen, Letter, LetterState, Picture
from samspel.letters.queries import received
from samspel.schemes.models import Scheme


@dataclass(frozen=True)
class Archived:
    """A letter as the archive lists it. subject: in the language asked for, or in Swedish, as `language` says."""

    letter: Letter
    subject: str
    lead: str
    language: str


def public() -> QuerySet[Letter]:
    """Every letter in the archive, the newest first."""
    found = Letter.objects.filter(state=LetterState.SENT, is_public=True, slug__isnull=False)
    return found.select_related("scheme").order_by("-sent_at", "-pk")


def narrowed(letters: QuerySet[Letter], *, year: int | None, scheme: str) -> QuerySet[Letter]:
    """Those sent in a year (as it is in Sweden), and about a programme (its slug)."""
    if year is not None:
        letters = letters.filter(sent_at__year=year)
    return letters.filter(scheme__slug=scheme) if scheme else letters


def years(letters: QuerySet[Letter]) -> list[int]:
    """The years in which letters were sent, the latest first."""
    found = letters.order_by().values_list(ExtractYear("sent_at"), flat=True).distinct()
    return sorted(found, reverse=True)


def schemes(letters: QuerySet[Letter]) -> QuerySet[Scheme]:
    """The programmes that letters are about."""
    return Scheme.objects.filter(pk__in=letters.order_by().values("scheme")).order_by("name_sv")


def with_frozen(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """With what each said when it was sent, without its pages: one query more, however many."""
    rows = Frozen.objects.only("letter", "language", "subject", "body")
    return letters.prefetch_related(Prefetch("frozen", rows))


def as_rows(letters: Sequence[Letter], language: str) -> list[Archived]:
    """As they are listed; `letters` are those of `with_frozen`."""
    return [row for letter in letters if (row := _row(letter, language))]


def one(slug: str) -> Letter | None:
    """A letter of the archive with its frozen words and what it has to do with others, in three queries."""
    rows = public().select_related("scheme", "sender", "corrects").prefetch_related("frozen")
    corrections = Letter.objects.filter(state=LetterState.SENT, is_public=True).order_by("sent_at")
    return rows.prefetch_related(Prefetch("corrections", corrections)).filter(slug=slug).first()


def frozen_in(letter: Letter, language: str) -> Frozen:
    """What it said in a language; in Swedish if it was not sent in that one."""
    said = {row.language: row for row in letter.frozen.all()}
    return said.get(language) or said["sv"]


def picture_for(key: UUID, person: Any, at: datetime) -> Picture | None:
    """A picture, for those who may see the letter it belongs to: everybody, the agency's people, who was sent it."""
    found = Picture.objects.select_related("letter", "file").filter(key=key).first()
    if found is None or is_public(found.letter) or permissions.TABLE.allows(person, permissions.SEE, at):
        return found
    return found if person.is_authenticated and received.has_got(person, found.letter, at) else None


def is_public(letter: Letter) -> bool:
    """Whether everybody may read it."""
    return letter.is_public and letter.state == LetterState.SENT


def _row(letter: Letter, language: str) -> Archived | None:
    said = {row.language: row for row in letter.frozen.all()}
    frozen = said.get(language) or said.get("sv")
    if frozen is None:
        return None
    lead = frozen.body.get("lead", {})
    return Archived(letter, frozen.subject, lead.get(frozen.language) or lead.get("sv", ""), frozen.language)
