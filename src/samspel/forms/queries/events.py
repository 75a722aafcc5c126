"""What has happened with an answer, for its page: saves are left out, which the fields' own history tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samspel.forms.models import Answer, ParticipantDeed, SectionStatus
from samspel.forms.queries.definitions import body_of
from samspel.kernel.audit import entries_about, label_of
from samspel.kernel.ui.components import Event

QUIET = ("forms.answer.saved", "forms.comment.said", "forms.comment.settled")


def entries_of(answer: Answer) -> list[Any]:
    """The entries that the page tells of, oldest first. One query."""
    return list(entries_about(answer).exclude(action__in=QUIET))


def keys_in(entries: list[Any]) -> set[UUID | None]:
    """Everybody whom the entries name by key."""
    told = {entry.by_key for entry in entries}
    return told | {UUID(entry.facts[name]) for entry in entries for name in ("person", "to") if entry.facts.get(name)}


def told(answer: Answer, entries: list[Any], names: Mapping[Any, str], language: str) -> list[Event]:
    """The entries in words, the newest first, with names that the reader may see."""
    return [
        Event(
            at=entry.at,
            label=label_of(entry.action),
            who=names.get(entry.by_key, "") if entry.by_key else _("the system itself"),
            facts=_facts(answer, entry.facts, names, language),
        )
        for entry in reversed(entries)
    ]


def _facts(answer: Answer, facts: Mapping[str, Any], names: Mapping[Any, str], language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if section := body_of(answer.version).section(facts.get("section", "")):
        found[_("Section")] = section.title.in_language(language)
    if facts.get("entered") in SectionStatus.values:
        found[_("Status")] = str(SectionStatus(facts["entered"]).label)
    for name, label in (("person", _("Who")), ("to", _("To"))):
        if facts.get(name):
            found[label] = names.get(UUID(facts[name]), "")
    if facts.get("deed") in ParticipantDeed.values:
        found[_("What she does")] = str(ParticipantDeed(facts["deed"]).label)
    return {label: value for label, value in found.items() if value}
