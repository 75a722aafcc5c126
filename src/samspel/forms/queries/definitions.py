"""Definitions and their versions, read."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from samspel.forms.models import Definition, Version, VersionState
from samspel.forms.queries.handed import question_types
from samspel.forms.rules import definitions
from samspel.kernel.audit.models import AuditEntry

SHIPPED = Path(__file__).resolve().parent.parent / "definitions"


def shipped_documents() -> list[dict[str, Any]]:
    """The definitions that come with the program, each in a file called by its slug, in the order of their names."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.toml"))]


def waiting_shipped(definition: Definition) -> dict[str, Any] | None:
    """What the program has for a definition and no version says yet: an editor's own versions come before it."""
    path = SHIPPED / f"{definition.slug}.toml"
    if not path.is_file():
        return None
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    digest = definitions.digest_of(definitions.read(found, more_types=[name for name, _ in question_types.items()]))
    return None if definition.versions.filter(digest=digest).exists() else found


def in_use(slug: str) -> Version | None:
    """The version that is handed out now; None if there is no such form, or if it is only a draft or ended."""
    return (
        Version.objects.filter(definition__slug=slug, state=VersionState.PUBLISHED, definition__ended_on__isnull=True)
        .select_related("definition")
        .first()
    )


def numbered(slug: str, number: int) -> Version | None:
    """A version of a form by its number, whatever its state."""
    if not 0 < number < 2**31:
        return None
    return Version.objects.filter(definition__slug=slug, number=number).select_related("definition").first()


def public_versions() -> QuerySet[Version]:
    """The versions in use that anybody may see blank, with their definitions, in order of name. Never a draft."""
    return (
        Version.objects.filter(
            state=VersionState.PUBLISHED, definition__ended_on__isnull=True, definition__is_public=True
        )
        .select_related("definition")
        .order_by(*by_name("definition__"), "definition__slug")
    )


def by_name(before: str = "") -> tuple[str, ...]:
    """The fields that put definitions in order of the name that is shown; before: the way to them from the row."""
    fields = ("name_en", "sort_key") if (get_language() or "").startswith("en") else ("sort_key",)
    return tuple(f"{before}{field}" for field in fields)


def drafts_of() -> tuple[dict[int, int], dict[int, int]]:
    """Number of the version in use, and of the draft, by definition's primary key. One query."""
    found: dict[str, dict[int, int]] = {VersionState.PUBLISHED: {}, VersionState.DRAFT: {}}
    rows = Version.objects.filter(state__in=found).values_list("state", "definition_id", "number")
    for state, definition, number in rows:
        found[state][definition] = number
    return found[VersionState.PUBLISHED], found[VersionState.DRAFT]


def entries_about(definition: Definition) -> QuerySet[AuditEntry]:
    """The audit entries about a definition and about each of its versions, oldest first."""
    versions = [str(pk) for pk in definition.versions.values_list("pk", flat=True)]
    of_versions = Q(subject_type=Version._meta.label_lower, subject_key__in=versions)
    of_itself = Q(subject_type=Definition._meta.label_lower, subject_key=str(definition.pk))
    return AuditEntry.objects.filter(of_versions | of_itself).order_by("id")


def as_documents() -> list[dict[str, Any]]:
    """Every definition for programs: slug, name, version in use (None if there is none), state and digest."""
    by_definition = {
        version.definition_id: version for version in Version.objects.filter(state=VersionState.PUBLISHED).defer("body")
    }
    return [_as_document(each, by_definition.get(each.pk)) for each in Definition.objects.all()]


def _as_document(definition: Definition, version: Version | None) -> dict[str, Any]:
    state = "ended" if definition.ended_on else ("in use" if version else "draft")
    return {
        "slug": definition.slug,
        "name": definition.name_sv,
        "name_en": definition.name_en,
        "version": version.number if version else None,
        "state": state,
        "digest": version.digest if version else "",
        "is_public": definition.is_public,
    }


def body_of(version: Version) -> definitions.Definition:
    """The definition that a version holds, kept ready by its digest (a published one never changes)."""
    return _body_of(version.digest, _Body(version.body))


class _Body:
    """A body that weighs nothing in the key of what is kept: the digest says all."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Body)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=256)
def _body_of(_digest: str, body: _Body) -> definitions.Definition:
    return definitions.read(body.data, more_types=[name for name, _ in question_types.items()])
