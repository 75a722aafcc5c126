"""The rows of a table as cells that stand ready: a table of two hundred rows is the page's greatest cost."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

from samspel.forms.queries.controls.choices import MOST_IN_A_LIST
from samspel.forms.queries.controls.choosing import choices_of, list_id_of, named, shown_of, with_chosen
from samspel.forms.queries.controls.parts import Around, Cell, Choice, Head, Row, Rows
from samspel.forms.rules import values
from samspel.forms.rules.definitions import Column, Question, Type

FEW_AT_FIRST: Final = 3
_NUMERIC: Final = frozenset({Type.NUMBER, Type.MONEY})
# What the page's script writes a new row's id over.
BLANK: Final = "blank"


def rows_of(question: Question, given: Any) -> Rows:
    """The rows of a question, in order, with blank ones beneath. given: `building.Given`."""
    found = _found(question.key, given)
    builder = _Cells(question, given)
    # What was typed in rows that are not kept yet stays, in its order.
    rows = [builder.row(row, place, number) for number, (row, place) in enumerate(found, 1)]
    number_of_blanks = 0 if given.is_read_only else _blanks(question, len(rows), given.more_rows.get(question.key, 0))
    last = max((place for _row, place in found), default=0)
    for step in range(1, number_of_blanks + 1):
        rows.append(builder.row(secrets.token_hex(4), last + step, len(rows) + 1, is_blank=True))
    heads = tuple(_head(question, column, builder, given) for column in question.columns)
    blank = None if given.is_read_only else builder.row(BLANK, 0, 0, is_blank=True)
    has_sums = any(column.has_sum for column in question.columns)
    return Rows(heads, tuple(rows), question.most_rows, question.least_rows, has_sums, blank)


def _found(key: str, given: Any) -> list[tuple[str, int]]:
    """(row id, place) of the rows that are there or are being typed, in order."""
    prefix = f"{key}/"
    places: dict[str, int] = {}
    for path, value in given.fields.items():
        if path.startswith(prefix) and path.count("/") == 1 and value is not None:
            places[path.rpartition("/")[2]] = value
    for path, typed in given.typed.items():
        if path.startswith(prefix) and path.count("/") == 1:
            row = path.rpartition("/")[2]
            if isinstance(typed, str) and typed.isdecimal() and len(typed) < 7:
                places[row] = int(typed)
    return sorted(places.items(), key=lambda each: (each[1], each[0]))


def _blanks(question: Question, there: int, more: int) -> int:
    wanted = more or (0 if there else max(1, min(FEW_AT_FIRST, question.least_rows or FEW_AT_FIRST)))
    return max(0, min(wanted, question.most_rows - there))


class _Cells:
    """Makes cells; what is the same for a whole column is worked out once."""

    def __init__(self, question: Question, given: Any) -> None:
        self.question, self.given = question, given
        self.around: Around = given.around
        self.columns = [(column, *self._of_column(column)) for column in question.columns]

    def _of_column(self, column: Column) -> tuple[str, str, Sequence[tuple[str, str]], str]:
        """(label, kind of input, what can be chosen, id of the list of proposals)."""
        language = self.given.language
        label = column.label.in_language(language)
        if column.type == Type.LONG_TEXT:
            return label, "long", (), ""
        pairs = choices_of(column, self.given)
        if not pairs:
            return label, "text", (), ""
        if len(pairs) > MOST_IN_A_LIST:
            return label, "list", pairs, list_id_of(column)
        return label, "select", pairs, ""

    def row(self, row: str, place: int, number: int, *, is_blank: bool = False) -> Row:
        path = f"{self.question.key}/{row}"
        cells = tuple(self._cell(f"{path}/{column[0].key}", column) for column in self.columns)
        away = f"away-{self.question.key}-{row}"
        return Row(row, path, place, number, cells, away, is_blank, path in self.given.going)

    def _cell(self, path: str, of: tuple[Column, str, str, Sequence[tuple[str, str]], str]) -> Cell:
        column, label, kind, pairs, list_id = of
        given = self.given
        value = given.fields.get(path)
        fault = given.faults.get(path, "")
        typed = given.typed.get(path)
        text = typed if isinstance(typed, str) else ("" if value is None else values.typed(column, value))
        choices: tuple[Choice, ...] = ()
        shown = ""
        if kind == "select":
            choices = tuple(Choice(key, name, key == text) for key, name in with_chosen(pairs, text))
        elif kind == "list" and text:
            text = named(text, pairs)
        if given.is_read_only:
            shown = shown_of(column, value, pairs, given.language)
        return Cell(
            path=path,
            id="f-" + path.replace("/", "-"),
            kind=kind,
            label=label,
            value=text,
            fault=fault,
            choices=choices,
            unit=column.unit.in_language(given.language) if column.type == Type.NUMBER else "",
            shown=shown,
            is_numeric=column.type in _NUMERIC,
            list_id=list_id,
            asides=tuple(self.around.asides.get(path, ())),
        )


def _head(question: Question, column: Column, builder: _Cells, given: Any) -> Head:
    total = ""
    if column.has_sum:
        summed = values.total(column, _column_values(question, column, given.fields))
        total = values.shown(column, summed, given.language)
    return Head(
        key=column.key,
        label=column.label.in_language(given.language),
        help=column.help.in_language(given.language),
        is_required=column.is_required,
        is_numeric=column.type in _NUMERIC,
        has_sum=column.has_sum,
        total=total,
        share=max(2, round(20 * column.width / sum(one.width for one in question.columns))),
        unit="kr" if column.type == Type.MONEY else column.unit.in_language(given.language),
    )


def _column_values(question: Question, column: Column, fields: Mapping[str, Any]) -> list[Any]:
    start, end = f"{question.key}/", f"/{column.key}"
    return [
        value
        for path, value in fields.items()
        if path.startswith(start)
        and path.endswith(end)
        and path.count("/") == 2
        and fields.get(path.rpartition("/")[0]) is not None
    ]
