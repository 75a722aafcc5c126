"""A form as a PDF to fill in: blank, or with what stands in an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from samspel.accounts.queries.people import name_for
from samspel.forms.models import Answer, Version, VersionState
from samspel.forms.queries import values
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.handed import question_types
from samspel.forms.queries.seeing import about_whom
from samspel.forms.queries.sheets import words
from samspel.forms.queries.sheets.layout import Layout
from samspel.forms.queries.sheets.parts import Pairs, Registers, choices_in, names_in
from samspel.forms.rules import sheets
from samspel.forms.rules.definitions import Definition
from samspel.forms.rules.sheets.plan import UNWRITTEN, Given
from samspel.kernel.documents.fillable import FieldSpec, fillable
from samspel.kernel.ui.dates import day_text, moment_text
from samspel.kernel.ui.links import absolute

Choices = tuple[tuple[str, Pairs], ...]
TEMPLATE: Final = "forms/documents/sheet.typ"


def blank(version: Version, language: str) -> bytes:
    """A form that nobody has written in, as a fillable PDF: the same bytes for the same version and language."""
    with override(language):
        address = absolute("forms:mine")
    choices = tuple(choices_in(body_of(version), None).items())
    return _blank(_Kept(version), version.digest, version.number, version.state, language, address, choices)


def sheet(answer: Answer, by: Any, language: str, at: datetime) -> bytes:
    """An answer as a fillable PDF with what stands in it now, for the one who takes it out."""
    definition, fields = body_of(answer.version), fields_of(answer)
    registers = Registers(names_in(definition, fields), choices_in(definition, answer))
    known = {"a": str(answer.key), "v": answer.version.number, "r": answer.revision}
    with override(language):
        front = {
            "facts": _facts_of(answer, by, at),
            "notice": _("Test: counted nowhere, sent to no one") if answer.is_test else "",
            **_steps(absolute("forms:hand_in", answer.key), is_blank=False),
        }
        layout = Layout(definition, _given(fields, language, registers), registers)
        return _made(layout, answer.version, front, signing.dumps(known, salt=sheets.SALT), at)


class _Kept:
    """A version that weighs nothing in the key of what is kept: the digest says all."""

    def __init__(self, version: Version) -> None:
        self.version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _blank(kept: _Kept, _digest: str, _number: int, state: str, language: str, address: str, choices: Choices) -> bytes:
    version, registers = kept.version, Registers({}, dict(choices))
    definition = body_of(version)
    with override(language):
        front = {
            "facts": [(_("About"), _("Said when it is handed in"))] if definition.subject else [],
            "notice": _("Draft: cannot be handed in") if state == VersionState.DRAFT else "",
            **_steps(address, is_blank=True),
        }
        layout = Layout(definition, _given({}, language, registers), registers)
        return _made(layout, version, front, "", version.published_at)


def _steps(address: str, *, is_blank: bool) -> dict[str, Any]:
    """Each step as what stands before the address of the page, and after it; one without it has nothing after."""
    told = [step.partition(address) for step in words.steps(address, is_blank=is_blank)]
    return {"steps": [[before, bool(there), after] for before, there, after in told], "address": address}


def _given(fields: Mapping[str, Any], language: str, registers: Registers) -> Given:
    unwritten = {name for name, type_ in question_types.items() if not type_.in_pdf}
    return Given(fields, language, values.typed, registers.choices, frozenset(UNWRITTEN | unwritten))


def _facts_of(answer: Answer, by: Any, at: datetime) -> list[tuple[str, str]]:
    facts = [
        (_("About"), about_whom(answer)),
        (_("Taken out"), f"{moment_text(at)}, {name_for(by, by.key)}"),
        (_("To be submitted by"), day_text(answer.due_on) if answer.due_on else ""),
    ]
    return [(name, value) for name, value in facts if value]


@dataclass(frozen=True)
class Ready:
    """What a sheet is made of: what the template is given, and its fields."""

    data: dict[str, Any]
    fields: list[FieldSpec]
    hidden: dict[str, str]


def ready(layout: Layout, version: Version, front: Mapping[str, Any], token: str) -> Ready:
    """A form laid out, before it is set. front: facts, steps and notice of the first page."""
    definition, language = layout.definition, layout.given.language
    data = _front(definition, version, language) | front
    data["facts"] = [*_which(definition, version, language), *front["facts"]]
    hidden = {
        sheets.FORM: definition.slug,
        sheets.VERSION: str(version.number),
        sheets.DIGEST: version.digest,
        sheets.LANGUAGE: language,
        sheets.TOKEN: token,
    }
    return Ready(data | {"sections": layout.sections(), "continued": layout.continued()}, layout.specs(), hidden)


def _made(layout: Layout, version: Version, front: Mapping[str, Any], token: str, at: datetime | None) -> bytes:
    made = ready(layout, version, front, token)
    return fillable(TEMPLATE, made.data, layout.given.language, fields=made.fields, hidden=made.hidden, at=at)


def _which(definition: Definition, version: Version, language: str) -> list[tuple[str, str]]:
    return [(_("Form"), definition.name.in_language(language)), (_("Version"), str(version.number))]


def _front(definition: Definition, version: Version, language: str) -> dict[str, Any]:
    """The first page: which form, about whom, how it is filled in and handed in, and what becomes of the data."""
    name = definition.name.in_language(language)
    return {
        "title": name,
        "foot": _("%(form)s, version %(number)d") % {"form": name, "number": version.number},
        "purpose": definition.purpose.in_language(language),
        "how": _("How to fill it in and hand it in"),
        "data_heading": _("Personal data"),
        "data": words.personal_data(definition, language),
        "words": {
            "continued": _("Continuation"),
            "more": _("Continuation on page {n}"),
            "back": _("From page {n}"),
            "row": _("Row"),
            "number": pgettext("column of row numbers", "No."),
        },
    }
