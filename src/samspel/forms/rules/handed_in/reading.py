"""What a filled PDF says of an answer: its fields by path, each as it stood and as it would be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from samspel.forms.rules import paths, values
from samspel.forms.rules.definitions import Column, Definition, Question, Type
from samspel.forms.rules.sheets import names

Texts = Mapping[str, str | Sequence[str]]
Parse = Callable[[Question | Column, str | Sequence[str]], Any]

# A file cannot lie in a text field, and a series is fetched, not written.
_NOT_IN_PDF: Final = frozenset({Type.FILE, Type.INDICATOR_SERIES, Type.ROWS})
_OFF: Final = frozenset({"", "Off"})


@dataclass(frozen=True)
class ReadField:
    """One field of a filled PDF. typed: its text as it stood; value: as it would be kept; fault: code, or empty;
    detail: what was expected, as in `values.ValueRefused`."""

    typed: str
    value: Any = None
    fault: str = ""
    detail: str = ""
    # A row that the PDF has and the sheet had not, when it was taken out; its value puts such rows in order.
    is_new_row: bool = False


def values_in(definition: Definition, texts: Texts, parse: Parse = values.parse) -> dict[str, ReadField]:
    """Path to what the PDF says there, for every field of the form that the file has; what it lacks is left out.

    texts: full field name to text, as `filled.read_fields` gives them. What is fixed is not read.
    """
    read: dict[str, ReadField] = {}
    for question in definition.questions.values():
        if question.is_fixed:
            continue
        if question.type == Type.ROWS:
            read |= _rows(question, texts, parse)
        elif question.type not in _NOT_IN_PDF:
            read |= _one(question, question.key, texts, parse)
    return read


def unknown_names(definition: Definition, texts: Texts) -> list[str]:
    """Fields of the file that the form does not have, in the file's order."""
    known = {
        *names.HIDDEN,
        *(name for question in definition.questions.values() for name in _names_of(question, texts)),
    }
    return [name for name in texts if name not in known]


def with_rows(
    definition: Definition, read: Mapping[str, ReadField], base: Mapping[str, Any], new_row: Callable[[], str]
) -> dict[str, ReadField]:
    """The same with its rows: those that were filled in where none stood get ids of their own, those left empty are
    nothing, and a row that was emptied is a row to take away.

    base: path to value as the sheet was taken out. A row that comes or goes has its own path; one too many for the
    table has the fault "too_many_rows".
    """
    whole = {path: field for path, field in read.items() if "/" not in path}
    room = _room(definition, base)
    for (question, row), cells in sorted(_by_row(read).items(), key=lambda each: _spare_number(each[0][1])):
        is_empty = not any(cell.typed.strip() for cell in cells.values())
        if f"{question}/{row}" in base:
            stood = any(base.get(paths.cell(question, row, column)) is not None for column in cells)
            whole |= {f"{question}/{row}": ReadField("")} if is_empty and stood else {}
            whole |= _in_row(question, row, cells)
        elif not is_empty:
            room[question] -= 1
            whole |= _new_row(question, new_row(), cells, number=len(whole), has_room=room[question] >= 0)
    return whole


def _spare_number(row: str) -> int:
    return int(row.removeprefix(names.spare_row(0)[:-1])) if names.is_spare(row) else 0


def _room(definition: Definition, base: Mapping[str, Any]) -> dict[str, int]:
    """How many rows more each table takes."""
    stand = [paths.parse(path).question for path in base if path.count("/") == 1]
    return {
        key: question.most_rows - stand.count(key)
        for key, question in definition.questions.items()
        if question.type == Type.ROWS
    }


def _in_row(question: str, row: str, cells: Mapping[str, ReadField]) -> dict[str, ReadField]:
    return {paths.cell(question, row, column): cell for column, cell in cells.items()}


def _new_row(
    question: str, row: str, cells: Mapping[str, ReadField], *, number: int, has_room: bool
) -> dict[str, ReadField]:
    """A row under an id of its own: the row, and those of its cells that say something. number: rises row by row."""
    fault = "" if has_room else "too_many_rows"
    said = {column: cell for column, cell in cells.items() if cell.typed.strip()}
    return {f"{question}/{row}": ReadField("", number, fault, is_new_row=True), **_in_row(question, row, said)}


def _one(asked: Question | Column, path: str, texts: Texts, parse: Parse) -> dict[str, ReadField]:
    typed: str | list[str] | None
    typed = _ticked(asked, path, texts) if asked.type == Type.SEVERAL_OF else _written(path, texts)
    if typed is None:
        return {}
    shown = typed if isinstance(typed, str) else ", ".join(typed)
    try:
        return {path: ReadField(shown, parse(asked, typed))}
    except values.ValueRefused as refused:
        return {path: ReadField(shown, None, refused.code, refused.detail)}


def _written(path: str, texts: Texts) -> str | None:
    """Text of a field and its continuation; None where the file has neither."""
    parts = [texts.get(name) for name in (path, names.continuation_name(path))]
    if parts == [None, None]:
        return None
    return names.joined(*("\n".join([part] if isinstance(part, str) else part or []) for part in parts))


def _ticked(asked: Question | Column, path: str, texts: Texts) -> list[str] | None:
    """Keys of the options whose boxes are ticked; None where the file has no box of them."""
    boxes = {option.key: texts.get(names.option_name(path, option.key)) for option in asked.options}
    if all(state is None for state in boxes.values()):
        return None
    return [key for key, state in boxes.items() if state is not None and state not in _OFF]


def _rows(question: Question, texts: Texts, parse: Parse) -> dict[str, ReadField]:
    read: dict[str, ReadField] = {}
    for path in _cells(question, texts):
        column = question.column(paths.parse(path).column)
        if column is not None and column.type not in _NOT_IN_PDF:
            read |= _one(column, path, texts, parse)
    return read


def _cells(question: Question, texts: Texts) -> Iterator[str]:
    """Paths of the cells that the file has of a table, each once, in the file's order."""
    seen: dict[str, None] = {}
    for name in texts:
        if name.startswith(f"{question.key}/"):
            path = name.removesuffix("+")
            try:
                has_column = bool(paths.parse(path).column)
            except ValueError:
                continue
            if has_column:
                seen[path] = None
    yield from seen


def _names_of(question: Question, texts: Texts) -> Iterator[str]:
    if question.type == Type.ROWS:
        for path in _cells(question, texts):
            if question.column(paths.parse(path).column):
                yield from (path, names.continuation_name(path))
    elif question.type == Type.SEVERAL_OF:
        yield from (names.option_name(question.key, option.key) for option in question.options)
    else:
        yield from (question.key, names.continuation_name(question.key))


def _by_row(read: Mapping[str, ReadField]) -> dict[tuple[str, str], dict[str, ReadField]]:
    found: dict[tuple[str, str], dict[str, ReadField]] = {}
    for path, field in read.items():
        where = paths.parse(path)
        if where.column:
            found.setdefault((where.question, where.row), {})[where.column] = field
    return found
