"""Whether a kept value is an answer to a question: what was kept under one version may not be one under the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from samspel.forms.rules.definitions import CHOICES, SHIPPED_TYPES, Type
from samspel.forms.rules.values import Asked, ValueRefused, parse, shown, typed

TEXTS: Final = frozenset({Type.SHORT_TEXT, Type.LONG_TEXT})
# What may stand as text where text is asked for: all that is kept as words or digits.
_TO_TEXT: Final = frozenset({Type.NUMBER, Type.MONEY, Type.DATE, Type.TERM, Type.SCALE, *TEXTS})


class DoesNotFit(ValueError):
    """A kept value cannot stand as an answer to another question."""


def fits(asked: Asked, value: Any) -> bool:
    """Whether a kept value is of the kind that the question keeps; None is, everywhere."""
    if value is None or asked.type not in SHIPPED_TYPES:
        return True
    if asked.type == Type.INDICATOR_SERIES:
        return isinstance(value, Mapping) and isinstance(value.get("values"), list)
    if asked.type == Type.ROWS or isinstance(value, bool):
        return False
    try:
        again = parse(asked, value if isinstance(value, list) else typed(asked, value))
    except (ValueRefused, ArithmeticError, TypeError, ValueError, AttributeError):
        return False
    return bool(again == value and type(again) is type(value))


def fitted(old: Asked, new: Asked, value: Any) -> Any:
    """A value kept under one question as it is kept under another. Raises DoesNotFit."""
    if value is None or (old.type == new.type and fits(new, value)):
        return value
    if new.type in TEXTS and old.type in _TO_TEXT | CHOICES and fits(old, value):
        return _checked(new, shown(old, value))
    if (old.type, new.type) in _BETWEEN and fits(old, value):
        return _checked(new, _BETWEEN[old.type, new.type](value))
    raise DoesNotFit


def _checked(new: Asked, text: str) -> Any:
    try:
        return parse(new, text)
    except ValueRefused:
        raise DoesNotFit from None


def _alone(keys: Any) -> str:
    if len(keys) != 1:
        raise DoesNotFit
    return str(keys[0])


# Where the words of one are an answer to the other. Number and money are not: a number's unit may be anything.
_BETWEEN: Final[dict[tuple[str, str], Callable[[Any], str]]] = {
    (Type.ONE_OF, Type.SEVERAL_OF): str,
    (Type.SEVERAL_OF, Type.ONE_OF): _alone,
    (Type.SCALE, Type.NUMBER): str,
    (Type.NUMBER, Type.SCALE): str,
    (Type.SHORT_TEXT, Type.NUMBER): str,
    (Type.SHORT_TEXT, Type.MONEY): str,
    (Type.SHORT_TEXT, Type.DATE): str,
    (Type.SHORT_TEXT, Type.TERM): str,
}
