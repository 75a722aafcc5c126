"""Finds organizers and school units by name, whatever its marks, and by number or code."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from samspel.kernel.values.sorting import search_key
from samspel.registry.models import Organizer, SchoolUnit

MOST_WORDS = 8


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: folded words, and the digits if it is a number."""

    words: tuple[str, ...]
    digits: str

    @classmethod
    def of(cls, text: str) -> Sought:
        """`Örebro`, `orebro`, `212000-1967` and `16 212000 1967` are all understood."""
        folded = search_key(text[:200])
        joined = folded.replace(" ", "")
        digits = joined if joined.isascii() and joined.isdigit() and len(joined) >= 4 else ""
        return cls(
            tuple(folded.split()[:MOST_WORDS]), digits[2:] if digits[:2] == "16" and len(digits) == 12 else digits
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.words


def organizers(sought: Sought) -> QuerySet[Organizer]:
    """Organizers whose name holds all the words, or whose number begins so; those that begin with them first."""
    found = _matching(Organizer.objects.select_related("county"), sought, "organization_number")
    return found.order_by("rank", "sort_key", "organization_number")


def school_units(sought: Sought) -> QuerySet[SchoolUnit]:
    """School units, in the same way, by name or code."""
    found = _matching(SchoolUnit.objects.select_related("organizer", "municipality"), sought, "code")
    return found.order_by("rank", "sort_key", "code")


def _matching(rows: QuerySet, sought: Sought, number: str) -> QuerySet:
    named = Q(pk__in=[]) if sought.is_empty else Q()
    for word in sought.words:
        named &= Q(search_key__contains=word)
    wanted = named | Q(**{f"{number}__startswith": sought.digits}) if sought.digits else named
    begins = When(search_key__startswith=" ".join(sought.words), then=Value(0))
    return rows.filter(wanted).annotate(rank=Case(begins, default=Value(1), output_field=IntegerField()))
