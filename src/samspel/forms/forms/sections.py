"""What a section's page posts: the same names with a script and without.

An input is named by its path. What the page itself needs begins with an underscore, which no question's key does:
`_revision`, `_bases` (JSON: path to revision), `_sent` (JSON: path to texts that got no answer),
`_on_page` (paths of boxes, so that none ticked is told from not asked),
`_blank` (`row:place` of rows that nobody has written in), `_remove` (rows), and the buttons `_save`, `_add`, `_clear`,
`_fetch`, `_upload` with what they are about.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.http import QueryDict

from samspel.forms.queries.controls import meant
from samspel.forms.rules.definitions import Column, Definition, Question, Section, Type
from samspel.forms.rules.received import asked_at, is_row, section_at
from samspel.forms.rules.values import ValueRefused

Choices = Callable[[Question | Column], Sequence[tuple[str, str]]]
MORE_ROWS: Final = 3
MOST_SENT: Final = 5
BUTTONS: Final = ("add", "clear", "fetch", "upload")
# What is not typed: it is handed in as a file, or fetched.
_NOT_TYPED: Final = frozenset({Type.FILE, Type.INDICATOR_SERIES})


@dataclass(frozen=True)
class Posted:
    """What was posted for one section.

    typed: path to text, or a list of several_of; faults: path to why it cannot be saved; base and bases: the revisions
    that the page showed; button and about: what was pressed, and the path it concerns.
    """

    typed: dict[str, str | list[str]]
    faults: dict[str, ValueRefused]
    base: int
    bases: dict[str, int] = field(default_factory=dict)
    going: frozenset[str] = frozenset()
    sent: dict[str, list[str]] = field(default_factory=dict)
    button: str = "save"
    about: str = ""


def posted(data: QueryDict, definition: Definition, section: Section, choices: Choices) -> Posted:
    """What somebody typed on the page of a section.

    A page that does not say what it showed has seen nothing of what stands: it writes over nothing.
    """
    typed = _typed(data, definition, section)
    _blank_rows(data, definition, section, typed)
    going = frozenset(path for path in data.getlist("_remove") if _is_here(definition, section, path))
    button, about = _pressed(data)
    if button == "clear" and _is_here(definition, section, about):
        typed[about] = ""
    faults = _mean(definition, typed, choices)
    return Posted(
        typed=typed,
        faults=faults,
        base=whole(data.get("_revision", ""), 0),
        bases=_bases(data.get("_bases", "")),
        going=going,
        sent=_sent(data.get("_sent", "")),
        button=button,
        about=about,
    )


def taken_away(read: Posted, changed: frozenset[str]) -> Posted:
    """The same without the rows that were ticked to go. changed: those that she also wrote in, which stay."""
    typed, faults = dict(read.typed), dict(read.faults)
    for row in read.going - changed:
        for path in [one for one in typed if one.startswith(f"{row}/")]:
            del typed[path]
            faults.pop(path, None)
        typed[row] = ""
    return replace(read, typed=typed, faults=faults)


def whole(text: str, otherwise: int) -> int:
    """A revision as a page sends it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else otherwise


def _typed(data: QueryDict, definition: Definition, section: Section) -> dict[str, str | list[str]]:
    typed: dict[str, str | list[str]] = {}
    for name in data:
        if not name.startswith("_") and name != "csrfmiddlewaretoken":
            asked = asked_at(definition, name)
            typed[name] = data.getlist(name) if asked and asked.type == Type.SEVERAL_OF else data.get(name, "")
    for name in data.getlist("_on_page"):
        if name not in typed and _is_here(definition, section, name):
            typed[name] = []
    return {name: text for name, text in typed.items() if not _is_untyped(definition, name)}


def _is_untyped(definition: Definition, name: str) -> bool:
    question = definition.questions.get(name)
    return question is not None and (question.type in _NOT_TYPED or question.is_fixed)


def _is_here(definition: Definition, section: Section, path: str) -> bool:
    asked = asked_at(definition, path) is not None or is_row(definition, path)
    return asked and section_at(definition, path) == section.key


def _blank_rows(data: QueryDict, definition: Definition, section: Section, typed: dict[str, str | list[str]]) -> None:
    """A blank row in which something was written is there; the others never were."""
    for text in data.getlist("_blank"):
        row, _colon, place = text.partition(":")
        cells = [name for name in typed if name.startswith(f"{row}/")]
        if any("".join(typed[name]).strip() for name in cells) and _is_here(definition, section, row):
            typed[row] = place
        else:
            for name in cells:
                del typed[name]


def _pressed(data: QueryDict) -> tuple[str, str]:
    """The button, and what it concerns; save if none is told."""
    for button in BUTTONS:
        if f"_{button}" in data:
            return button, data.get(f"_{button}", "")
    return "save", data.get("_save", "")


def _sent(text: str) -> dict[str, list[str]]:
    return {
        path: [one for one in texts[:MOST_SENT] if isinstance(one, str)]
        for path, texts in _mapping(text, 2_000_000).items()
        if isinstance(texts, list)
    }


def _mapping(text: str, most: int) -> Mapping[str, Any]:
    if not text or len(text) > most:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, Mapping) else {}


def _bases(text: str) -> dict[str, int]:
    return {
        path: base
        for path, base in _mapping(text, 100_000).items()
        if isinstance(base, int) and not isinstance(base, bool) and 0 <= base < 10**15
    }


def _mean(definition: Definition, typed: dict[str, Any], choices: Choices) -> dict[str, ValueRefused]:
    """Names of registers become their codes; what names nothing is a fault, and is not sent on."""
    faults: dict[str, ValueRefused] = {}
    for path, text in list(typed.items()):
        asked = asked_at(definition, path)
        if asked is not None and asked.type in (Type.REGISTRY_VALUE, Type.SCHOOL_UNIT) and isinstance(text, str):
            try:
                typed[path] = meant(text, choices(asked))
            except ValueRefused as refusal:
                faults[path] = refusal
    return faults
