"""Text in a file that a spreadsheet opens: it stays text."""

from __future__ import annotations

from typing import TypeVar

Value = TypeVar("Value")

# What a cell that is a formula begins with, in the spreadsheets in use; blanks before it are passed over by some.
_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROL_SIGNS = ("\t", "\r", "\n")


def harmless(value: Value) -> Value | str:
    """The value, with an apostrophe before text that would be run as a formula. What is no text is as it was."""
    if not isinstance(value, str):
        return value
    is_formula = value.startswith(_CONTROL_SIGNS) or value.lstrip().startswith(_FORMULA_SIGNS)
    return f"'{value}" if is_formula else value
