"""What keeps an answer from being submitted, each with the path to go to; only of what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from samspel.forms.rules import paths, tables
from samspel.forms.rules.conditions import asked, is_required
from samspel.forms.rules.definitions import Definition, Question, Type
from samspel.forms.rules.fitting import fits
from samspel.forms.rules.values import Asked, total, typed, words_in

TEXTS: Final = frozenset({Type.SHORT_TEXT, Type.LONG_TEXT})


@dataclass(frozen=True)
class Missing:
    """Something that keeps a section from being ready.

    path: question, or cell; of a whole table the question. code: "required", "too_many_words",
    "too_many_characters", "below", "above", "before", "after", "too_few_rows", "too_many_rows", "sum_above", "kind".
    detail: the limit as it would be typed; of words, characters, rows and sums "how many or much there is/limit".
    """

    path: str
    section: str
    code: str
    detail: str = ""


def check(definition: Definition, fields: Mapping[str, Any]) -> list[Missing]:
    """Everything that keeps an answer from being submitted, in the form's order. fields: path to kept value."""
    answers = tables.by_question(definition, fields)
    keys = asked(definition, answers)
    found: list[Missing] = []
    for question in definition.questions.values():
        if question.key in keys:
            section = definition.section_of[question.key].key
            needed = is_required(question, answers, keys)
            found += (
                Missing(path, section, code, detail) for path, code, detail in _of(question, answers, needed, keys)
            )
    return found


def by_section(missing: Iterable[Missing]) -> dict[str, list[Missing]]:
    """Section's key to what is missing in it; sections where nothing is missing are left out."""
    found: dict[str, list[Missing]] = {}
    for each in missing:
        found.setdefault(each.section, []).append(each)
    return found


_Found = Iterator[tuple[str, str, str]]


def _of(question: Question, answers: Mapping[str, Any], needed: bool, keys: frozenset[str]) -> _Found:
    value = answers.get(question.key)
    if question.type == Type.ROWS:
        yield from _of_rows(question, value or [], needed)
        yield from _of_sum(question, value or [], answers, keys)
    elif value in (None, "", []):
        # What stands fixed as prefilled is nobody's to write, so nobody is kept waiting for it.
        if needed and not question.is_fixed:
            yield question.key, "required", ""
    else:
        yield from _of_value(question.key, question, value)


def _of_rows(question: Question, rows: list[dict[str, Any]], needed: bool) -> _Found:
    written = [row for row in rows if len(row) > 1]
    least = max(question.least_rows, 1 if needed else 0)
    if not written and least == 1:
        yield question.key, "required", ""
    elif (written or needed) and len(written) < least:
        yield question.key, "too_few_rows", f"{len(written)}/{least}"
    if len(rows) > question.most_rows:
        yield question.key, "too_many_rows", f"{len(rows)}/{question.most_rows}"
    for row in written:
        for column in question.columns:
            path = paths.cell(question.key, row["row"], column.key)
            value = row.get(column.key)
            if value not in (None, "", []):
                yield from _of_value(path, column, value)
            elif column.is_required:
                yield path, "required", ""


def _of_sum(question: Question, rows: list[dict[str, Any]], answers: Mapping[str, Any], keys: frozenset[str]) -> _Found:
    if question.sum_at_most is None:
        return
    column, other = question.column(question.sum_at_most[0]), question.sum_at_most[1]
    limit = answers.get(other) if other in keys else None
    if column is None or limit is None:
        return
    cells = [value for row in rows if fits(column, value := row.get(column.key))]
    found = total(column, cells)
    if fits(column, limit) and Decimal(found) > Decimal(limit):
        yield question.key, "sum_above", f"{typed(column, found)}/{typed(column, limit)}"


def _of_value(path: str, part: Asked, value: Any) -> _Found:
    if not fits(part, value):
        yield path, "kind", ""
        return
    limits = part.limits
    if part.type in TEXTS:
        if limits.max_words and (words := words_in(value)) > limits.max_words:
            yield path, "too_many_words", f"{words}/{limits.max_words}"
        if limits.max_characters and len(value) > limits.max_characters:
            yield path, "too_many_characters", f"{len(value)}/{limits.max_characters}"
    elif part.type == Type.DATE:
        if limits.least and value < limits.least:
            yield path, "before", limits.least
        if limits.most and value > limits.most:
            yield path, "after", limits.most
    elif part.type in (Type.NUMBER, Type.MONEY):
        if limits.least and Decimal(value) < Decimal(limits.least):
            yield path, "below", _limit(part, limits.least)
        if limits.most and Decimal(value) > Decimal(limits.most):
            yield path, "above", _limit(part, limits.most)


def _limit(part: Asked, limit: str) -> str:
    return typed(part, int(Decimal(limit)) if part.type == Type.MONEY else limit)
