"""An answer gone through before it is submitted: every section to read, what is missing, and places to decide about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspel.forms.models import Answer
from samspel.forms.queries.controls import Around, Control, RegistryChoices, controls_of, id_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.words import said
from samspel.forms.rules import checking, findings
from samspel.forms.rules.definitions import Definition
from samspel.forms.rules.paths import parse
from samspel.forms.rules.personal import Kind

KINDS: Final = {
    Kind.PERSONAL_NUMBER: _("Looks like a personal number"),
    Kind.COORDINATION_NUMBER: _("Looks like a coordination number"),
    Kind.PHONE: _("Looks like a telephone number"),
    Kind.MAIL: _("Looks like a mail address"),
    Kind.NAME_WITH_AGE: _("Looks like a name with an age"),
    Kind.NAME_WITH_CLASS: _("Looks like a name with a class"),
}


@dataclass(frozen=True)
class Fault:
    """What is missing, in words, with the field to go to."""

    label: str
    sentence: Any
    url: str


@dataclass(frozen=True)
class Found:
    """A place that looks like personal data: what it looks like, where, and the words round it."""

    place: findings.Place
    what: Any
    label: str
    url: str
    is_kept: bool = False


@dataclass(frozen=True)
class Part:
    """A section to read."""

    key: str
    title: str
    url: str
    controls: list[Control]
    faults: list[Fault]


@dataclass(frozen=True)
class Review:
    """All that is gone through."""

    parts: list[Part]
    found: list[Found]

    @property
    def faults(self) -> list[Fault]:
        """Everything missing, in the form's order."""
        return [fault for part in self.parts for fault in part.faults]


def review(answer: Answer, fields: dict[str, Any], language: str, *, kept: frozenset[str] = frozenset()) -> Review:
    """The answer as it is gone through. fields: path to kept value; kept: keys of places that are to stay."""
    body = body_of(answer.version)
    missing = checking.by_section(checking.check(body, fields))
    around = Around(choices=RegistryChoices(answer))
    parts = []
    for section in body.sections:
        controls = controls_of(body, section, fields, language=language, is_read_only=True, around=around)
        if controls or missing.get(section.key):
            url = reverse("forms:section", args=[answer.key, section.key])
            faults = [_fault(body, each, url, language) for each in missing.get(section.key, [])]
            parts.append(Part(section.key, section.title.in_language(language), url, controls, faults))
    places = findings.places(body, fields)
    return Review(parts, [_found(answer, place, language, place.key in kept) for place in places])


def _fault(body: Definition, missing: checking.Missing, url: str, language: str) -> Fault:
    label = label_of(body, missing.path, language)
    return Fault(label, said(missing.code, missing.detail), f"{url}#{id_of(missing.path)}")


def _found(answer: Answer, place: findings.Place, language: str, is_kept: bool) -> Found:
    url = reverse("forms:section", args=[answer.key, place.section]) + f"#{id_of(place.path)}"
    label = label_of(body_of(answer.version), place.path, language)
    return Found(place, KINDS.get(Kind(place.kind), place.kind), label, url, is_kept)


def label_of(body: Definition, path: str, language: str) -> str:
    """What a field is called: its question, and of a cell its column."""
    parts = parse(path)
    question = body.questions[parts.question]
    column = question.column(parts.column) if parts.column else None
    label = question.label.in_language(language)
    return f"{label}: {column.label.in_language(language)}" if column else label
