"""What is wrong in a draft, in words, with a link to the page where it is put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.forms.queries.words import said
from samspel.forms.rules.definitions import Fault
from samspel.forms.rules.uses import Part, parts

_OF_WORDS = ("name", "purpose", "instruction", "subject", "writers", "submitters", "is_private", "personal_data")


@dataclass(frozen=True)
class FaultInWords:
    """One fault: where (in words), what to do about it, and the page where it is done."""

    place: str
    sentence: Any
    url: str


def told(faults: Iterable[Fault], body: Mapping[str, Any], slug: str) -> list[FaultInWords]:
    """Faults as an editor is told them."""
    named = parts(body)
    found = []
    for fault in faults:
        place, url = _place(fault.where, named, slug)
        found.append(FaultInWords(place, said(fault.code, fault.detail), url))
    return found


def _place(where: str, named: Mapping[str, Part], slug: str) -> tuple[str, str]:
    tokens = where.split(".")
    question = next((each for each in tokens if _is(named, each, "question")), "")
    column = next((each for each in tokens if question and _is(named, f"{question}/{each}", "column")), "")
    section = next((each for each in tokens if _is(named, each, "section")), "")
    word = next((each for each in tokens if each in ("asked_when", "required_when")), "")
    if word and (question or section):
        key = question or section
        return _name(named, key), reverse("forms:draft_condition", args=[slug, key, word])
    if column:
        url = reverse("forms:draft_column", args=[slug, question, column])
        return f"{_name(named, question)}: {_name(named, f'{question}/{column}')}", url
    if question:
        return _name(named, question), reverse("forms:draft_question", args=[slug, question])
    if section:
        return _name(named, section), reverse("forms:draft_section", args=[slug, section])
    if tokens[0] in _OF_WORDS:
        return _("The form’s own words"), reverse("forms:draft_words", args=[slug])
    return (_("The whole form") if where in ("", "sections") else where), reverse("forms:draft_text", args=[slug])


def _is(named: Mapping[str, Part], key: str, kind: str) -> bool:
    return key in named and named[key].kind == kind


def _name(named: Mapping[str, Part], key: str) -> str:
    return named[key].sv or key
