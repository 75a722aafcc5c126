"""The values of an answer by question, from its fields by path: rows become lists, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samspel.forms.rules.definitions import Definition, Type


def by_question(definition: Definition, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Question key to kept value; a rows question to [{"row": id, column: value, …}], rows in order.

    fields: path to kept value. A row is there if its own path holds its place (a whole number); cells without a row,
    and paths the definition does not know, are left out.
    """
    found: dict[str, Any] = {
        key: value for key, value in fields.items() if "/" not in key and key in definition.questions
    }
    for key, rows in _rows(definition, fields).items():
        ordered = sorted(rows.items(), key=lambda each: (each[1].get("", 0), each[0]))
        found[key] = [
            {"row": row, **{k: v for k, v in cells.items() if k}} for row, cells in ordered if "" in cells
        ] or None
    return found


def _rows(definition: Definition, fields: Mapping[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """Rows question to row id to column to value; the row's place stands under the empty column."""
    found: dict[str, dict[str, dict[str, Any]]] = {
        key: {} for key, question in definition.questions.items() if question.type == Type.ROWS
    }
    columns = {key: {column.key for column in definition.questions[key].columns} for key in found}
    for text, value in fields.items():
        key, *rest = text.split("/")
        if key not in found or value is None or not 1 <= len(rest) <= 2 or not rest[0]:
            continue
        column = rest[1] if len(rest) == 2 else ""
        if column in columns[key] or (len(rest) == 1 and type(value) is int):
            found[key].setdefault(rest[0], {})[column] = value
    return found
