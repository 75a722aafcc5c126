"""Case files: who sees which, one by its address, and those looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from samspel.casefiles.models import CaseFile, CaseFileState, Document, Party
from samspel.casefiles.permissions import KEPT_FROM_SUPPORTERS, SEE, SEE_OF_ORGANIZERS, may
from samspel.casefiles.rules import numbers
from samspel.kernel.values.sorting import search_key
from samspel.registry.models import Organizer


def visible_to(person: Any, at: datetime) -> QuerySet[CaseFile]:
    """The case files that a person may know of, with their series."""
    found = CaseFile.objects.select_related("series")
    if may(person, SEE, at):
        return found
    if may(person, SEE_OF_ORGANIZERS, at):
        of_organizers = Party.objects.filter(case_file=OuterRef("pk"), organizer__isnull=False)
        return found.filter(Exists(of_organizers)).exclude(series__code__in=KEPT_FROM_SUPPORTERS)
    return found.none()


def by_address(found: QuerySet[CaseFile], address: str) -> QuerySet[CaseFile]:
    """The one of an address like "sam-2026-117", or none."""
    number = numbers.parse(address)
    if number is None or number.address != address:
        return found.none()
    return with_number(found, number)


def with_number(found: QuerySet[CaseFile], number: numbers.DiaryNumber) -> QuerySet[CaseFile]:
    """The one with a diary number, or none. A number too large for the database is nobody's."""
    if number.number > 2**31 - 1 or number.year > 2**15 - 1:
        return found.none()
    return found.filter(series__code=number.series, year=number.year, number=number.number)


def with_parties(found: QuerySet[CaseFile]) -> QuerySet[CaseFile]:
    """With whom each concerns, in one query more."""
    parties = Party.objects.select_related("organizer", "university").order_by("pk")
    return found.prefetch_related(Prefetch("parties", queryset=parties))


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: words (a number, a title, a party), state, year, series, handler (None: whoever)."""

    words: str = ""
    state: str = ""
    year: int | None = None
    series: str = ""
    handler: UUID | None = None
    without_handler: bool = False


def looked_for(found: QuerySet[CaseFile], wanted: Wanted) -> QuerySet[CaseFile]:
    """Those that agree with all that is asked."""
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.year is not None:
        found = found.filter(year=wanted.year)
    if wanted.series:
        found = found.filter(series__code=wanted.series)
    if wanted.without_handler:
        found = found.filter(handler__isnull=True)
    elif wanted.handler is not None:
        found = found.filter(handler=wanted.handler)
    return _with_words(found, wanted.words.strip())


def _with_words(found: QuerySet[CaseFile], words: str) -> QuerySet[CaseFile]:
    if not words:
        return found
    if (number := numbers.parse(words)) is not None:
        return with_number(found, number)
    key = search_key(words)
    of_party = Q(name__icontains=words) | Q(university__name__icontains=words)
    if key:
        of_party |= Q(organizer__search_key__contains=key)
    parties = Party.objects.filter(of_party, case_file=OuterRef("pk"))
    # A secret case file is not found by its title, which those who look may not read.
    return found.filter(Q(title__icontains=words, secrecy_ground="") | Exists(parties))


def of_organizer(found: QuerySet[CaseFile], organizer: Organizer) -> QuerySet[CaseFile]:
    """Those an organizer is a party of, the newest first."""
    return found.filter(parties__organizer=organizer).order_by("-opened_at", "-pk")


def open_file_of(organizer: Organizer) -> CaseFile | None:
    """The organizer's newest open case file that is not bound to a matter of its own, such as an authorization.

    Nor one where anything is marked as secret: it is about somebody, and a note of something else does not belong.
    """
    found = CaseFile.objects.select_related("series").filter(state=CaseFileState.OPEN, subject="", secrecy_ground="")
    secret = Document.objects.filter(case_file=OuterRef("pk"), is_secret=True)
    return of_organizer(found, organizer).exclude(Exists(secret)).first()


def of_subject(subject: str) -> CaseFile | None:
    """The case file of what stands in a higher app, as "selection.round:17"."""
    return CaseFile.objects.select_related("series").filter(subject=subject).first()


def years() -> list[int]:
    """The years in which case files were opened, newest first."""
    return list(CaseFile.objects.order_by("-year").values_list("year", flat=True).distinct())
