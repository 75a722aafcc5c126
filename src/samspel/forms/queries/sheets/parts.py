"""What a sheet and a finished form share: register values by name, and what is told without a field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samspel.forms.models import Answer
from samspel.forms.queries import registers, values
from samspel.forms.rules.definitions import Definition, Question, Type
from samspel.forms.rules.received import asked_at
from samspel.forms.rules.values import Asked

Pairs = tuple[tuple[str, str], ...]
# A list of more than this is no list to choose in: the code is written.
MOST_IN_A_LIST = 400


class Registers:
    """Names of the codes that stand in an answer, and what can be chosen where it is not too much. A query a kind."""

    def __init__(self, names: Mapping[str, Mapping[str, str]], choices: Mapping[str, Pairs]) -> None:
        self._names, self._choices = names, choices

    def name(self, asked: Asked, value: Any) -> str:
        """What a code is called; nothing if it is no code, or in no register."""
        return self._names.get(registers.kind_of(asked), {}).get(str(value), "")

    def choices(self, asked: Asked) -> Pairs:
        """(code, name) of a short register; empty for one that is too long to choose in."""
        return self._choices.get(registers.kind_of(asked), ())


def names_in(definition: Definition, fields: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Kind of register to code to name, of every code among the values."""
    wanted: dict[str, set[str]] = {}
    for path, value in fields.items():
        asked = asked_at(definition, path)
        if asked is not None and value and (kind := registers.kind_of(asked)):
            wanted.setdefault(kind, set()).add(str(value))
    return {kind: registers.label_of(kind, codes) for kind, codes in wanted.items()}


def choices_in(definition: Definition, answer: Answer | None) -> dict[str, Pairs]:
    """Kind of register to what can be chosen of it, of those the form asks for. School units: of an answer alone."""
    every = [asked for question in definition.questions.values() for asked in (question, *question.columns)]
    kinds = {registers.kind_of(asked) for asked in every} - {""}
    # There are some two thousand organizers; none need be asked for to know that.
    kinds -= {"organizer"} if answer else {"organizer", registers.SCHOOL_UNIT}
    found = {kind: tuple(registers.choices(kind, answer or Answer())) for kind in sorted(kinds)}
    return {kind: pairs for kind, pairs in found.items() if len(pairs) <= MOST_IN_A_LIST}


def told(question: Question, value: Any, language: str) -> dict[str, Any]:
    """What stands without a field: a series of figures, fixed words, or where it is handed in instead."""
    if question.type == Type.INDICATOR_SERIES and isinstance(value, Mapping):
        return {"paragraphs": [], "series": series(value)}
    words = values.shown(question, value, language) if value is not None and question.type != Type.FILE else ""
    return {"paragraphs": words.split("\n") if words else [_instead(question)], "series": None}


def _instead(question: Question) -> str:
    if question.type == Type.FILE:
        return _("The file is handed in on the form's page in Samspel, not here.")
    if question.type == Type.INDICATOR_SERIES:
        return _("Fetched by Samspel. Nothing is written here.")
    return _("Stands on the form's page in Samspel. Nothing is written here.")


def series(value: Mapping[str, Any]) -> dict[str, Any]:
    """An indicator's figures as they stood: columns, rows, and when and where they were fetched."""
    rows = [each for each in value.get("values", []) if isinstance(each, Mapping)]
    facts = [
        _("As of %(day)s") % {"day": value["as_of"]} if value.get("as_of") else "",
        str(value.get("source", "")),
    ]
    return {
        "columns": [_("Period"), _("Value"), _("Mark")],
        "rows": [[str(row.get(key, "")) for key in ("period", "text", "mark")] for row in rows],
        "note": ", ".join(filter(None, facts)),
    }
