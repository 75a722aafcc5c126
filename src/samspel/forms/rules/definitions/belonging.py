"""Which words belong to which type of question or column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from samspel.forms.rules.definitions.faults import place
from samspel.forms.rules.definitions.notes import Notes
from samspel.forms.rules.definitions.types import SHIPPED_TYPES, Type

_OF_ALL: Final = frozenset({"key", "type", "label", "help", "is_required"})
_OF_QUESTIONS: Final = _OF_ALL | {"required_when", "asked_when", "prefill", "is_fixed"}
_OF_COLUMNS: Final = _OF_ALL | {"width"}
_TEXT: Final = frozenset({"max_words", "max_characters"})
_OF_TYPE: Final[Mapping[str, frozenset[str]]] = {
    Type.SHORT_TEXT: _TEXT | {"pdf_lines"},
    Type.LONG_TEXT: _TEXT | {"pdf_lines"},
    Type.NUMBER: frozenset({"least", "most", "decimals", "unit"}),
    Type.MONEY: frozenset({"least", "most"}),
    Type.DATE: frozenset({"least", "most"}),
    Type.ONE_OF: frozenset({"options"}),
    Type.SEVERAL_OF: frozenset({"options"}),
    Type.SCALE: frozenset({"least", "most", "low", "high"}),
    Type.ROWS: frozenset({"columns", "least_rows", "most_rows", "sum_at_most", "pdf_rows"}),
    Type.REGISTRY_VALUE: frozenset({"of"}),
    Type.INDICATOR_SERIES: frozenset({"indicator"}),
}
_SUMMED: Final = frozenset({Type.NUMBER, Type.MONEY})
_OF_HANDED_DOWN: Final = frozenset({"more", "pdf_lines"})
_NOT_OF_COLUMNS: Final = frozenset({"pdf_lines", "low", "high", "columns"})

EVERY_WORD: Final = frozenset().union(_OF_QUESTIONS, _OF_HANDED_DOWN, *_OF_TYPE.values())
EVERY_COLUMN_WORD: Final = (EVERY_WORD - _OF_QUESTIONS - _NOT_OF_COLUMNS) | _OF_COLUMNS | {"has_sum"}


def words_of_question(type_: str) -> frozenset[str]:
    """The words that a question of a type may have."""
    own = _OF_TYPE.get(type_, frozenset()) if type_ in SHIPPED_TYPES else _OF_HANDED_DOWN
    return _OF_QUESTIONS | own


def words_of_column(type_: str) -> frozenset[str]:
    """The words that a column of a type may have."""
    own = _OF_TYPE.get(type_, frozenset()) - _NOT_OF_COLUMNS
    return _OF_COLUMNS | own | ({"has_sum"} if type_ in _SUMMED else frozenset())


def belonging(
    notes: Notes, data: Mapping[str, Any], where: str, words: frozenset[str], *, is_known: bool
) -> dict[str, Any]:
    """What belongs to the type; the rest is noted, unless it says nothing or the type itself is unknown."""
    for name, value in data.items():
        if is_known and name not in words and value not in ("", [], {}, False, 0):
            notes.fault(place(where, name), "does_not_belong", data.get("type", ""))
    return {name: value for name, value in data.items() if name in words}
