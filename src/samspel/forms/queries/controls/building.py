"""From a section of a definition and what is kept to the controls of its page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.forms.queries import values
from samspel.forms.queries.controls import conditions as in_conditions
from samspel.forms.queries.controls.choices import MOST_IN_A_LIST
from samspel.forms.queries.controls.choosing import choices_of, list_id_of, named, shown_of, with_chosen
from samspel.forms.queries.controls.parts import NOTHING, Around, Choice, Control, Words, id_of
from samspel.forms.queries.controls.rows import rows_of
from samspel.forms.queries.controls.series import series_of
from samspel.forms.queries.handed import question_types
from samspel.forms.rules import conditions, tables
from samspel.forms.rules.definitions import SHIPPED_TYPES, Definition, Question, Section, Type
from samspel.forms.rules.values import words_in

_GROUPS: Final = frozenset({Type.ONE_OF, Type.SEVERAL_OF, Type.SCALE, Type.ROWS, Type.FILE, Type.INDICATOR_SERIES})
_ONES: Final = frozenset({Type.ONE_OF, Type.SCALE, Type.TERM, Type.REGISTRY_VALUE, Type.SCHOOL_UNIT})


@dataclass(frozen=True)
class Given:
    """All that a control is made of, beside its question.

    fields: path to kept value; typed: path to what was typed and is not kept, which stands before what is kept;
    faults: path to a sentence; going: paths of rows that are ticked to be taken away; more_rows: question to how many
    blank rows are asked for.
    """

    fields: Mapping[str, Any]
    values: Mapping[str, Any]
    asked: frozenset[str]
    language: str
    today: date
    faults: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    going: Collection[str] = ()
    more_rows: Mapping[str, int] = field(default_factory=dict)
    is_read_only: bool = False
    around: Around = NOTHING


def controls_of(
    definition: Definition,
    section: Section,
    fields: Mapping[str, Any],
    *,
    asked: frozenset[str] | None = None,
    language: str = "sv",
    today: date | None = None,
    is_read_only: bool = False,
    **more: Any,
) -> list[Control]:
    """The controls of a section, in order: what is asked, and what an answer on the same page could make asked.

    more: faults, typed, going, more_rows and around, as in `Given`. Who only reads sees what is asked alone.
    """
    by_question = tables.by_question(definition, fields)
    asked = conditions.asked(definition, by_question) if asked is None else asked
    today = today or timezone.localdate()
    given = Given(fields, by_question, asked, language, today, is_read_only=is_read_only, **more)
    here = {question.key for question in section.questions}
    return [
        _control(question, definition, given)
        for question in section.questions
        if question.key in asked or (not is_read_only and _may_come(question, section, definition, asked, here))
    ]


def _may_come(
    question: Question, section: Section, definition: Definition, asked: frozenset[str], here: set[str]
) -> bool:
    """Whether something written on this page could make it asked."""
    needed = question.asked_when.questions if question.asked_when else frozenset()
    return bool(needed & here)


def _control(question: Question, definition: Definition, given: Given) -> Control:
    """One control with its words; `_input` adds what its type needs."""
    language, path = given.language, question.key
    around = given.around
    value = given.fields.get(path)
    is_required = conditions.is_required(question, given.values, given.asked)
    facts: dict[str, Any] = {
        "path": path,
        "id": id_of(path),
        "type": question.type,
        "template": f"forms/controls/{question.type}.html",
        "label": question.label.in_language(language),
        "help": question.help.in_language(language),
        "fault": str(given.faults.get(path, "")),
        "is_required": is_required and not given.is_read_only,
        "is_group": question.type in _GROUPS,
        "is_read_only": given.is_read_only or question.is_fixed,
        "is_asked": path in given.asked,
        "prefilled": around.prefilled.get(path, ""),
        "asides": tuple(around.asides.get(path, ())),
        "comments": around.comments.get(path, 0),
        "comments_url": around.comments_url,
        "history_url": f"{around.history_url}?falt={path}" if path in around.written else "",
    }
    if question.asked_when:
        facts["condition"] = in_conditions.in_words(question.asked_when, definition, language)
        facts["asked_when"] = in_conditions.as_json(question.asked_when)
    facts |= _input(question, value, given)
    if facts["is_read_only"] and question.type != Type.ROWS:
        facts["shown"] = _shown(question, value, given)
    return Control(**facts, describedby=_describedby(facts))


def _input(question: Question, value: Any, given: Given) -> dict[str, Any]:
    """What the type of the question needs."""
    if question.type not in SHIPPED_TYPES:
        return _handed(question, value, given)
    if question.type == Type.ROWS:
        return {"rows": rows_of(question, given)}
    if question.type == Type.FILE:
        return {"file": given.around.files.get(question.key), "value": str(value or "")}
    if question.type == Type.INDICATOR_SERIES:
        return {"series": series_of(question.key, question.label.in_language(given.language), value)}
    typed = given.typed.get(question.key)
    if question.type == Type.SEVERAL_OF:
        chosen = [typed] if isinstance(typed, str) else list(value or []) if typed is None else list(typed)
        return {"choices": _choices(question, chosen, given)}
    text = typed if isinstance(typed, str) else values.typed(question, value)
    facts: dict[str, Any] = {"value": text, "unit": question.unit.in_language(given.language)}
    if question.type in _ONES:
        facts |= _one(question, text, given)
    return facts | _hints(question, text, given)


def _one(question: Question, text: str, given: Given) -> dict[str, Any]:
    pairs = choices_of(question, given)
    if question.type in (Type.REGISTRY_VALUE, Type.SCHOOL_UNIT) and len(pairs) > MOST_IN_A_LIST:
        return {"value": named(text, pairs), "list_id": list_id_of(question)}
    return {"choices": _choices(question, [text], given)}


def _choices(question: Question, chosen: Sequence[str], given: Given) -> tuple[Choice, ...]:
    start = id_of(question.key)
    return tuple(
        Choice(key, label, key in chosen, f"{start}-{number}")
        for number, (key, label) in enumerate(_pairs(question, chosen, given))
    )


def _pairs(question: Question, chosen: Sequence[str], given: Given) -> Sequence[tuple[str, str]]:
    pairs = choices_of(question, given)
    is_open = question.type in (Type.TERM, Type.REGISTRY_VALUE, Type.SCHOOL_UNIT)
    return with_chosen(pairs, chosen[0]) if is_open and chosen else pairs


def _hints(question: Question, text: str, given: Given) -> dict[str, Any]:
    """What to know before one types."""
    facts: dict[str, Any] = {"most_characters": question.limits.max_characters}
    if question.type == Type.DATE:
        facts["hint"] = _("Write it as 2026-09-30.")
    if question.type == Type.MONEY:
        facts["unit"] = "kr"
    if question.limits.max_words and question.type in (Type.SHORT_TEXT, Type.LONG_TEXT):
        facts["words"] = Words(question.limits.max_words, words_in(text))
    if question.type == Type.SCALE:
        facts |= {"low": question.low.in_language(given.language), "high": question.high.in_language(given.language)}
    return facts


def _handed(question: Question, value: Any, given: Given) -> dict[str, Any]:
    """A type that a higher floor hands down."""
    handed = question_types.get(question.type)
    typed = given.typed.get(question.key)
    text = typed if isinstance(typed, str) else values.typed(question, value)
    return {"template": handed.template if handed else "forms/controls/short_text.html", "value": text}


def _shown(question: Question, value: Any, given: Given) -> str:
    if question.type not in SHIPPED_TYPES:
        return values.shown(question, value, given.language)
    return shown_of(question, value, choices_of(question, given), given.language)


def _describedby(facts: Mapping[str, Any]) -> str:
    """Ids of what is read with the input: help, hint, source, words, and what is wrong (empty until something is)."""
    start = facts["id"]
    parts = [
        ("help", facts.get("help")),
        ("hint", facts.get("hint")),
        ("prefilled", facts.get("prefilled")),
        ("words", facts.get("words")),
        ("error", not facts["is_read_only"]),
    ]
    return " ".join(f"{start}-{name}" for name, there in parts if there)
