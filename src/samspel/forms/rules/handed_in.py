"""What a filled PDF says of an answer, and how that stands beside what the system has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from samspel.forms.rules import paths, values
from samspel.forms.rules.definitions import Column, Definition, Question, Type

Texts = Mapping[str, str | Sequence[str]]
Parse = Callable[[Question | Column, str | Sequence[str]], Any]

FORM: Final = "samspel.form"
VERSION: Final = "samspel.version"
DIGEST: Final = "samspel.digest"
LANGUAGE: Final = "samspel.language"
TOKEN: Final = "samspel.token"
HIDDEN: Final = frozenset({FORM, VERSION, DIGEST, LANGUAGE, TOKEN})

# A file cannot lie in a text field, and a series is fetched, not written.
_NOT_IN_PDF: Final = frozenset({Type.FILE, Type.INDICATOR_SERIES, Type.ROWS})
_SPARE: Final = "new"
_OFF: Final = frozenset({"", "Off"})


@dataclass(frozen=True)
class ReadField:
    """One field of a filled PDF. typed: its text as it stood; value: as it would be kept; fault: code, or empty;
    detail: what was expected, as in `values.ValueRefused`."""

    typed: str
    value: Any = None
    fault: str = ""
    detail: str = ""


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
    known = {*HIDDEN, *(name for question in definition.questions.values() for name in _names_of(question, texts))}
    return [name for name in texts if name not in known]


def with_rows(
    read: Mapping[str, ReadField], base: Mapping[str, Any], new_row: Callable[[], str]
) -> dict[str, ReadField]:
    """The same with its rows: spare ones that are filled in get ids of their own, those left empty are nothing, and a
    row that was emptied is a row to take away.

    base: path to value as the sheet was taken out. A row that comes or goes has its own path: value True or None.
    """
    whole = {path: field for path, field in read.items() if "/" not in path}
    for (question, row), cells in _by_row(read).items():
        is_empty = not any(cell.typed.strip() for cell in cells.values())
        if row.startswith(_SPARE):
            if not is_empty:
                whole |= _moved(question, new_row(), cells)
        elif is_empty and any(base.get(f"{question}/{row}/{column}") is not None for column in cells):
            whole[f"{question}/{row}"] = ReadField("")
        else:
            whole |= {paths.cell(question, row, column): cell for column, cell in cells.items()}
    return whole


class Standing(StrEnum):
    """How a field of the PDF stands to the system.

    same: both say the same; only_pdf: changed in the PDF alone; both: changed in both; only_system: not touched in the
    PDF; row_gone: of a row that has been taken away since; fault: no value of the field.
    """

    SAME = "same"
    ONLY_PDF = "only_pdf"
    BOTH = "both"
    ONLY_SYSTEM = "only_system"
    ROW_GONE = "row_gone"
    FAULT = "fault"


@dataclass(frozen=True)
class Compared:
    """One field, three ways: as the sheet was taken out, as it stands now, as the PDF says."""

    path: str
    was: Any
    now: Any
    read: ReadField
    standing: Standing

    @property
    def is_to_decide(self) -> bool:
        """Whether somebody says which is to stand."""
        return self.standing in (Standing.ONLY_PDF, Standing.BOTH)


def compared(read: Mapping[str, ReadField], base: Mapping[str, Any], now: Mapping[str, Any]) -> list[Compared]:
    """Every field that was read, in the order read. base: as the sheet was taken out, empty for a blank one."""
    return [_compared(path, field, base, now) for path, field in read.items()]


def _compared(path: str, field: ReadField, base: Mapping[str, Any], now: Mapping[str, Any]) -> Compared:
    was, stands = base.get(path), now.get(path)
    return Compared(path, was, stands, field, _standing(path, field, base, now))


def _standing(path: str, field: ReadField, base: Mapping[str, Any], now: Mapping[str, Any]) -> Standing:
    was, stands = base.get(path), now.get(path)
    row = paths.parse(path)
    if field.fault:
        return Standing.FAULT
    if row.row and not row.column:
        return _row_standing(path, field, base, now)
    row_path = f"{row.question}/{row.row}"
    if row.row and row_path in base and row_path not in now:
        return Standing.ONLY_SYSTEM if field.value == was else Standing.ROW_GONE
    if field.value == stands:
        return Standing.SAME
    if field.value == was:
        return Standing.ONLY_SYSTEM
    return Standing.ONLY_PDF if stands == was else Standing.BOTH


def _row_standing(path: str, field: ReadField, base: Mapping[str, Any], now: Mapping[str, Any]) -> Standing:
    if bool(field.value) == (path in now):
        return Standing.SAME
    if field.value:
        return Standing.ONLY_PDF
    # Emptied in the PDF; whoever wrote in the row meanwhile may not mean it to go.
    cells = {each for each in (*base, *now) if each.startswith(f"{path}/")}
    is_touched = any(base.get(cell) != now.get(cell) for cell in cells)
    return Standing.BOTH if is_touched else Standing.ONLY_PDF


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
    parts = [texts[name] for name in (path, f"{path}+") if name in texts]
    plain = [part if isinstance(part, str) else "\n".join(part) for part in parts]
    return "\n".join(part for part in plain if part) if plain else None


def _ticked(asked: Question | Column, path: str, texts: Texts) -> list[str] | None:
    """Keys of the options whose boxes are ticked; None where the file has no box of them."""
    boxes = {option.key: texts.get(f"{path}={option.key}") for option in asked.options}
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
                yield from (path, f"{path}+")
    elif question.type == Type.SEVERAL_OF:
        yield from (f"{question.key}={option.key}" for option in question.options)
    else:
        yield from (question.key, f"{question.key}+")


def _by_row(read: Mapping[str, ReadField]) -> dict[tuple[str, str], dict[str, ReadField]]:
    found: dict[tuple[str, str], dict[str, ReadField]] = {}
    for path, field in read.items():
        where = paths.parse(path)
        if where.column:
            found.setdefault((where.question, where.row), {})[where.column] = field
    return found


def _moved(question: str, row: str, cells: Mapping[str, ReadField]) -> dict[str, ReadField]:
    """A spare row under an id of its own: the row, and those of its cells that say something."""
    said = {paths.cell(question, row, column): replace(cell) for column, cell in cells.items() if cell.typed.strip()}
    return {f"{question}/{row}": ReadField("", True), **said}
