"""One value: from what somebody typed to what is kept, and back to words. What is kept is plain JSON (see `Type`).

Numbers are read as people write them in Swedish: decimal comma or point, spaces between thousands, kr after an amount.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from samspel.forms.rules.definitions import Column, Question, Type
from samspel.kernel.values.terms import Term

Asked = Question | Column
MOST_CHARACTERS: Final = 100_000
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
# PostgreSQL keeps no NUL, and no control sign but line breaks and tabs means anything in an answer.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class ValueRefused(ValueError):
    """What was typed is no answer to this question. code: "number", "money", "date", "term", "option", "scale",
    "too_long", "too_many_decimals", "kind"; detail: what was expected, as text."""

    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = str(detail)


def parse(asked: Asked, typed: str | Sequence[str]) -> Any:
    """What is kept of what was typed; None if nothing was. typed: a list for several_of, else text.

    A type that was handed down, and file, registry_value, school_unit and indicator_series, keep the text (a code or
    key): whoever knows the registers looks further. Raises ValueRefused.
    """
    if asked.type == Type.SEVERAL_OF:
        return _several(asked, [typed] if isinstance(typed, str) else list(typed))
    if not isinstance(typed, str):
        typed = typed[-1] if typed else ""
    text = clean(typed)
    if asked.type != Type.LONG_TEXT:
        text = text.strip()
    if not text.strip():
        return None
    return _PARSERS.get(asked.type, _code)(asked, text)


def clean(typed: str) -> str:
    """Text with one kind of line break, without control signs and broken surrogates, trailing space gone.
    Raises ValueRefused("too_long")."""
    if len(typed) > MOST_CHARACTERS:
        raise ValueRefused("too_long", MOST_CHARACTERS)
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text).encode("utf-8", "ignore").decode().rstrip()


def typed(asked: Asked, value: Any) -> str:
    """A kept value as somebody would type it, so that `parse` gives it back."""
    if value is None:
        return ""
    if asked.type == Type.MONEY:
        return _grouped(Decimal(value) / 100, 2 if value % 100 else 0)
    if asked.type == Type.NUMBER:
        return _grouped(Decimal(value), max(0, -int(Decimal(value).as_tuple().exponent)))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def shown(asked: Asked, value: Any, language: str = "sv") -> str:
    """A kept value in words: an option by its label, a number with its unit. Codes of registers stand as they are."""
    if value is None:
        return ""
    if asked.type == Type.ONE_OF:
        return _label(asked, value, language)
    if asked.type == Type.SEVERAL_OF:
        return ", ".join(_label(asked, each, language) for each in value)
    if asked.type == Type.MONEY:
        return f"{typed(asked, value)}\u00a0kr"
    if asked.type == Type.NUMBER:
        unit = asked.unit.in_language(language)
        return f"{typed(asked, value)}\u00a0{unit}" if unit else typed(asked, value)
    if isinstance(value, Mapping):
        values = value.get("values", [])
        return "; ".join(
            f"{each.get('period', '')}: {each.get('text', '')}" for each in values if isinstance(each, dict)
        )
    return typed(asked, value)


def words_in(text: str) -> int:
    """How many words a text has: what stands between spaces."""
    return len(text.split())


def total(column: Column, values: Sequence[Any]) -> Any:
    """The sum of a column's kept values: whole öre of money, decimal digits of number. Empty cells count nothing."""
    if column.type == Type.MONEY:
        return sum(value for value in values if isinstance(value, int))
    return _plain(sum((Decimal(value) for value in values if value is not None), Decimal(0)))


def _label(asked: Asked, key: Any, language: str) -> str:
    return next((each.label.in_language(language) for each in asked.options if each.key == key), str(key))


def _several(asked: Asked, keys: list[str]) -> list[str] | None:
    known = [option.key for option in asked.options]
    chosen = {key.strip() for key in keys if key.strip()}
    if chosen - set(known):
        raise ValueRefused("option")
    return [key for key in known if key in chosen] or None


def _text(asked: Asked, text: str) -> str:
    return text if asked.type == Type.LONG_TEXT else _SPACES.sub(" ", text)


def _decimal(text: str, code: str) -> Decimal:
    plain = _SPACES.sub("", text).replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", plain):
        raise ValueRefused(code)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise ValueRefused(code) from None


def _number(asked: Asked, text: str) -> str:
    number = _decimal(text, "number")
    decimals = asked.limits.decimals
    if number != round(number, decimals):
        raise ValueRefused("too_many_decimals", decimals)
    return _plain(number)


def _money(_asked: Asked, text: str) -> int:
    amount = _decimal(re.sub(r"\s*(kr|SEK|kronor|:-)\s*\Z", "", text, flags=re.IGNORECASE), "money") * 100
    if amount != int(amount):
        raise ValueRefused("too_many_decimals", 2)
    return int(amount)


def _date(_asked: Asked, text: str) -> str:
    compact = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)", text)
    if not compact:
        raise ValueRefused("date")
    try:
        return date(*map(int, compact.groups())).isoformat()
    except ValueError:
        raise ValueRefused("date") from None


def _term(_asked: Asked, text: str) -> str:
    try:
        return Term.parse(text.replace(" ", "")).label
    except ValueError:
        raise ValueRefused("term") from None


def _option(asked: Asked, text: str) -> str:
    if text not in {option.key for option in asked.options}:
        raise ValueRefused("option")
    return text


def _scale(asked: Asked, text: str) -> int:
    least, most = int(asked.limits.least or 1), int(asked.limits.most or 5)
    if not re.fullmatch(r"-?\d{1,4}", text) or not least <= int(text) <= most:
        raise ValueRefused("scale", f"{least}–{most}")
    return int(text)


def _code(_asked: Asked, text: str) -> str:
    if len(text) > 200:
        raise ValueRefused("too_long", 200)
    return text


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _grouped(number: Decimal, decimals: int) -> str:
    return f"{number:,.{decimals}f}".replace(",", "\u00a0").replace(".", ",")


_PARSERS: Final[dict[str, Callable[[Any, str], Any]]] = {
    Type.SHORT_TEXT: _text,
    Type.LONG_TEXT: _text,
    Type.NUMBER: _number,
    Type.MONEY: _money,
    Type.DATE: _date,
    Type.TERM: _term,
    Type.ONE_OF: _option,
    Type.SCALE: _scale,
}
