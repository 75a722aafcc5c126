"""A form laid out to be filled in: for each question its fields, with what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from samspel.forms.rules import paths, tables
from samspel.forms.rules.definitions import Column, Definition, Question, Section, Type
from samspel.forms.rules.sheets import names, rooms
from samspel.forms.rules.values import typed as typed_by_rules

Asked = Question | Column
Kind = Literal["text", "multiline", "radio", "choice", "tick"]
Pairs = Sequence[tuple[str, str]]
# What nobody can write on a sheet: it is fetched, or handed in on the page.
UNWRITTEN: Final = frozenset({Type.FILE, Type.INDICATOR_SERIES})
MOST_BUTTONS: Final = 21
MOST_COLUMNS: Final = 5


@dataclass(frozen=True)
class Box:
    """One field of the sheet. row: its number in the table, from 1; option: of a tick; choices: (key, words) of a radio
    or a list; length: characters, None without a bound; is_more: holds the rest of a long text."""

    name: str
    kind: Kind
    asked: Asked
    value: str = ""
    lines: int = 1
    length: int | None = None
    row: int = 0
    option: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_more: bool = False


@dataclass(frozen=True)
class Part:
    """A question on the sheet. kind: "boxes" (text, buttons, ticks), "table", or "told" (stands as it is, without a
    field). more, more_rows: what stands on the continuation sheet."""

    question: Question
    kind: Literal["boxes", "table", "told"]
    boxes: tuple[Box, ...] = ()
    more: Box | None = None
    rows: tuple[tuple[Box, ...], ...] = ()
    more_rows: tuple[tuple[Box, ...], ...] = ()

    @property
    def every_box(self) -> tuple[Box, ...]:
        """All of them, in reading order."""
        rest = [self.more] if self.more else []
        return (
            *self.boxes,
            *(box for row in self.rows for box in row),
            *rest,
            *(b for row in self.more_rows for b in row),
        )


@dataclass(frozen=True)
class Given:
    """What the layout needs beside the definition.

    fields: path to kept value; typed: a kept value as somebody would type it; choices: (code, name) pairs of what a
    register holds, empty where they are too many to choose among; unwritten: types that cannot be filled in on a sheet.
    """

    fields: Mapping[str, Any]
    language: str
    typed: Callable[[Any, Any], str] = typed_by_rules
    choices: Callable[[Any], Pairs] = lambda asked: ()
    unwritten: frozenset[str] = frozenset(UNWRITTEN)


def plan(definition: Definition, given: Given) -> list[tuple[Section, list[Part]]]:
    """Every section with its questions, in order; conditions are told in words, since a sheet cannot hide anything."""
    rows = tables.by_question(definition, given.fields)
    return [
        (section, [_part(question, given, rows.get(question.key) or []) for question in section.questions])
        for section in definition.sections
    ]


def _part(question: Question, given: Given, value: Any) -> Part:
    if question.type == Type.ROWS:
        return _table(question, given, value)
    if question.type in given.unwritten:
        return Part(question, "told")
    if question.type == Type.LONG_TEXT:
        return _long(question, given)
    return Part(question, "boxes", tuple(_boxes(question, given)))


def _long(question: Question, given: Given) -> Part:
    """A long text. One that is fixed is told, since its field could hide a part of it."""
    if question.is_fixed:
        return Part(question, "told")
    text = str(given.fields.get(question.key) or "")
    room, more = rooms.of_text(question)
    first, rest = rooms.divided(text, room.lines) if more or len(text) > room.length else (text, "")
    box = _paragraphs(names.text_name(question.key), question, first, room)
    if more is None and not rest:
        return Part(question, "boxes", (box,))
    rest_box = _paragraphs(names.continuation_name(question.key), question, rest, more or rooms.WHOLE_PAGE)
    return Part(question, "boxes", (box,), replace(rest_box, is_more=True))


def _paragraphs(name: str, question: Question, text: str, room: rooms.Room) -> Box:
    """A field as high as is promised, and higher if what stands there already needs it."""
    lines = min(rooms.MORE_LINES, max(room.lines, rooms.lines_of(text)))
    return Box(name, "multiline", question, text, lines, room.length)


def _boxes(question: Question, given: Given) -> list[Box]:
    value = given.fields.get(question.key)
    if question.type == Type.SEVERAL_OF:
        return [
            Box(
                names.option_name(question.key, option.key),
                "tick",
                question,
                option.key if option.key in (value or []) else "",
                option=option.key,
            )
            for option in question.options
        ]
    return [_box(question, question.key, value, given)]


def _box(asked: Asked, path: str, value: Any, given: Given, *, row: int = 0, share: float = 1.0) -> Box:
    box = Box(names.text_name(path), "text", asked, "" if value is None else given.typed(asked, value), row=row)
    pairs = choices_of(asked, given)
    if asked.type in (Type.ONE_OF, Type.SCALE) and len(pairs) <= MOST_BUTTONS and not row:
        return replace(box, kind="radio", choices=tuple(pairs))
    if pairs:
        return replace(box, kind="choice", choices=with_chosen(pairs, box.value))
    length = asked.limits.max_characters or rooms.SHORT
    if row and asked.type in (Type.SHORT_TEXT, Type.LONG_TEXT):
        return replace(box, kind="multiline", lines=rooms.lines_of_cell(box.value, share, asked.type), length=length)
    return replace(box, length=length)


def choices_of(asked: Asked, given: Given) -> Pairs:
    """(key, words) of what can be chosen; empty for what is written."""
    if asked.type == Type.ONE_OF:
        return [(option.key, option.label.in_language(given.language)) for option in asked.options]
    if asked.type == Type.SCALE:
        least, most = int(asked.limits.least or 1), int(asked.limits.most or 5)
        return [(str(step), str(step)) for step in range(least, most + 1)]
    return given.choices(asked) if asked.type in (Type.SCHOOL_UNIT, Type.REGISTRY_VALUE) else ()


def with_chosen(pairs: Pairs, code: str) -> tuple[tuple[str, str], ...]:
    """The pairs, with what stands already even if it can be chosen no more."""
    known = not code or any(key == code for key, _name in pairs)
    return tuple(pairs) if known else (*pairs, (code, code))


def _table(question: Question, given: Given, written: Sequence[Mapping[str, Any]]) -> Part:
    """The rows that are there, then empty ones, then a continuation sheet with as many again."""
    here, there = (0, 0) if question.is_fixed else rooms.spare_rows(question, len(written))
    ids = [str(row["row"]) for row in written] + [names.spare_row(n) for n in range(1, here + there + 1)]
    rows = [tuple(_cells(question, row, number, given)) for number, row in enumerate(ids, 1)]
    return Part(question, "table", rows=tuple(rows[: len(rows) - there]), more_rows=tuple(rows[len(rows) - there :]))


def is_wide(question: Question) -> bool:
    """Whether a table has more columns than can be written in side by side: its rows then stand as lists of fields."""
    return len(question.columns) > MOST_COLUMNS


def share_of(column: Column, question: Question) -> float:
    """How much of the page's width a column has."""
    return 0.5 if is_wide(question) else column.width / sum(each.width for each in question.columns)


def _cells(question: Question, row: str, number: int, given: Given) -> list[Box]:
    return [
        _box(column, path, given.fields.get(path), given, row=number, share=share_of(column, question))
        for column in question.columns
        for path in [paths.cell(question.key, row, column.key)]
    ]
