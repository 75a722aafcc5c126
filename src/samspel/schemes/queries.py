"""Schemes with their editions, as pages show them. All of it is public."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet

from samspel.schemes.models import Edition, Scheme
from samspel.schemes.rules import editions as rules


def schemes() -> QuerySet[Scheme]:
    """Every scheme with its editions, the newest first, in two queries."""
    newest_first = Edition.objects.order_by("-valid_from", "slug")
    return Scheme.objects.prefetch_related(Prefetch("editions", newest_first))


def edition_on(scheme: Scheme, day: date) -> Edition | None:
    """The edition that holds on a day: the latest that has begun, else the first to come."""
    editions = list(scheme.editions.all())
    begun = [edition for edition in editions if edition.valid_from <= day]
    return begun[0] if begun else (editions[-1] if editions else None)


def rules_of(edition: Edition) -> rules.EditionRules:
    """What an edition says, read from its stored document."""
    return rules.read(edition.document)


def name_of(scheme: Scheme, language: str) -> str:
    """The scheme's name in a language."""
    return scheme.name_en if language == "en" else scheme.name_sv
