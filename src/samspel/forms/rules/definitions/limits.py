"""Limits and options of a question or column, read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from samspel.forms.rules.definitions.faults import place, told
from samspel.forms.rules.definitions.notes import LONGEST_LABEL, Notes
from samspel.forms.rules.definitions.parts import Limits, Option
from samspel.forms.rules.definitions.types import CHOICES, Type

MOST_OPTIONS: Final = 100
MOST_STEPS: Final = 21
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?\Z")
_WHOLE = re.compile(r"-?[0-9]{1,17}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def limits(notes: Notes, data: Mapping[str, Any], where: str, type_: str) -> Limits:
    """What the values must keep within."""
    least, most = (_limit(notes, data, name, where, type_) for name in ("least", "most"))
    if least and most and _ordered(type_, least) > _ordered(type_, most):
        notes.fault(place(where, "most"), "least_above_most", f"{least} > {most}")
    if type_ == Type.SCALE:
        _scale(notes, least, most, where)
    return Limits(
        max_words=notes.whole_or_none(data, "max_words", where, 1, 20_000),
        max_characters=notes.whole_or_none(data, "max_characters", where, 1, 100_000),
        least=least,
        most=most,
        decimals=notes.whole(data, "decimals", where, 0, 6),
    )


def options(notes: Notes, data: Mapping[str, Any], where: str, type_: str) -> tuple[Option, ...]:
    """What may be chosen."""
    found = []
    for number, each in enumerate(notes.list_of(data, "options", where, MOST_OPTIONS), 1):
        here = place(where, "options", number)
        table = notes.table(each, here, {"key", "label"})
        if table:
            label = notes.text(table, "label", here, needed=True, longest=LONGEST_LABEL)
            found.append(Option(notes.key(table, here), label))
    if type_ in CHOICES and len(found) < (2 if type_ == Type.ONE_OF else 1):
        notes.fault(place(where, "options"), "needs_options")
    notes.once((option.key for option in found), place(where, "options"))
    return tuple(found)


def is_number(value: object) -> bool:
    """Whether it is a number of at most 15 digits and 6 decimals, as number or text."""
    return not isinstance(value, bool) and isinstance(value, str | int | float) and bool(_NUMBER.match(told(value)))


def is_whole(value: object) -> bool:
    """Whether it is a whole number, as number or text."""
    return not isinstance(value, bool) and isinstance(value, str | int) and bool(_WHOLE.match(told(value)))


def _limit(notes: Notes, data: Mapping[str, Any], name: str, where: str, type_: str) -> str:
    value = data.get(name, "")
    if value == "":
        return ""
    if type_ == Type.DATE and _is_day(value):
        return str(value)
    if type_ == Type.NUMBER and is_number(value):
        return str(value)
    if type_ in (Type.MONEY, Type.SCALE) and is_whole(value):
        return str(int(value))
    notes.fault(place(where, name), "limit", value)
    return ""


def _is_day(value: object) -> bool:
    """A day, as TOML has it or as text."""
    if type(value) is date:
        return True
    try:
        return isinstance(value, str) and bool(_DAY.match(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _ordered(type_: str, limit: str) -> Any:
    return limit if type_ == Type.DATE else Decimal(limit)


def _scale(notes: Notes, least: str, most: str, where: str) -> None:
    if not (least and most):
        notes.fault(where, "scale_needs_ends")
    elif not 2 <= int(most) - int(least) + 1 <= MOST_STEPS or max(abs(int(least)), abs(int(most))) > 1000:
        notes.fault(where, "scale_steps", MOST_STEPS)
