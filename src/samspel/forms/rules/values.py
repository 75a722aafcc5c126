"""One value: from what somebody typed to what is kept, and back to words. What is kept is plain JSON (see `Type`).

Numbers are read as people write them in Swedish: decimal comma or point, spaces between thousands, kr after an amount.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext
from typing import Any, Final

from samspel.forms.rules.definitions import Column, Question, Type
from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
from samspel.kernel.values.terms import Term

Asked = Question | Column
MOST_CHARACTERS: Final = 100_000
MOST_IN_CODE: Final = 200
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
# PostgreSQL keeps no NUL, and no control sign but line breaks and tabs means anything in an answer.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Thousands stand together, or in threes with spaces between; decimals after a comma or a point.
_NUMBER = re.compile(r"-?(?P<whole>[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,](?P<part>[0-9]{1,10}))?\Z")
_CURRENCY = re.compile(r"\s*(kr\.?|SEK|kronor|:-)\Z", re.IGNORECASE)


class ValueRefused(ValueError):
    """What was typed is no answer to this question.

    code: "number", "money", "ambiguous", "too_many_decimals", "date", "term", "option", "scale", "too_long", "fetched";
    of the registers "no_such_code", "other_organizer". detail: what was expected, as text.
    """

    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = str(detail)


def parse(asked: Asked, typed: str | Sequence[str]) -> Any:
    """What is kept of what was typed; None if nothing was. typed: a list for several_of, else text.

    file, registry_value and school_unit keep the text (a key or code): whoever knows the registers looks further
    (`queries.registers`); types that were handed down have a parser of their own (`queries.values`). Raises
    ValueRefused.
    """
    if asked.type == Type.SEVERAL_OF:
        return _several(asked, typed.split(",") if isinstance(typed, str) else typed)
    if not isinstance(typed, str):
        typed = typed[-1] if typed else ""
    text = clean(typed)
    if asked.type != Type.LONG_TEXT:
        text = text.strip()
    if not text.strip():
        return None
    return _PARSERS.get(asked.type, _code)(asked, text)


def clean(typed: str) -> str:
    """Text with one kind of line break and one way to write each letter (NFC), without control signs and broken
    surrogates, trailing space gone. Raises ValueRefused("too_long")."""
    if len(typed) > MOST_CHARACTERS:
        raise ValueRefused("too_long", MOST_CHARACTERS)
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", text).encode("utf-8", "ignore").decode()
    text = unicodedata.normalize("NFC", text).rstrip()
    if len(text) > MOST_CHARACTERS:
        raise ValueRefused("too_long", MOST_CHARACTERS)
    return text


def typed(asked: Asked, value: Any) -> str:
    """A kept value as somebody would type it, so that `parse` gives it back (a fetched series only as words)."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return _series(value)
    if asked.type == Type.MONEY:
        return _grouped(Decimal(value) / 100, 2 if value % 100 else 0)
    if asked.type == Type.NUMBER:
        number = Decimal(value)
        text = _grouped(number, max(0, -int(number.as_tuple().exponent)))
        # Four digits of nothing in particular stand together: a year is a number too.
        is_bare = abs(number) < 10_000 and number == int(number) and not asked.unit.in_language("sv")
        return text.replace("\u00a0", "") if is_bare else text
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def shown(asked: Asked, value: Any, language: str = "sv") -> str:
    """A kept value in words: an option by its label, a number with its unit. Codes of registers stand as they are."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return _series(value)
    if asked.type == Type.ONE_OF:
        return _label(asked, value, language)
    if asked.type == Type.SEVERAL_OF:
        return ", ".join(_label(asked, each, language) for each in value)
    if asked.type == Type.MONEY:
        return f"{typed(asked, value)}\u00a0kr"
    if asked.type == Type.NUMBER:
        unit = asked.unit.in_language(language)
        return f"{typed(asked, value)}\u00a0{unit}" if unit else typed(asked, value)
    return typed(asked, value)


def words_in(text: str) -> int:
    """How many words a text has: what stands between spaces."""
    return len(text.split())


def total(column: Column, values: Iterable[Any]) -> Any:
    """The sum of a column's kept values, exact: whole öre of money, decimal digits of number. Empty cells count
    nothing."""
    if column.type == Type.MONEY:
        return sum(value for value in values if isinstance(value, int))
    with localcontext(prec=100):
        return _plain(sum((Decimal(value) for value in values if value is not None), Decimal(0)))


def _series(value: Mapping[str, Any]) -> str:
    parts = [each for each in value.get("values", []) if isinstance(each, Mapping)]
    return "; ".join(f"{each.get('period', '')}: {each.get('text', '')}" for each in parts)


def _label(asked: Asked, key: Any, language: str) -> str:
    return next((each.label.in_language(language) for each in asked.options if each.key == key), str(key))


def _several(asked: Asked, keys: Iterable[str]) -> list[str] | None:
    known = [option.key for option in asked.options]
    chosen = {key for each in keys if (key := clean(each).strip())}
    if chosen - set(known):
        raise ValueRefused("option")
    return [key for key in known if key in chosen] or None


def _text(asked: Asked, text: str) -> str:
    return text if asked.type == Type.LONG_TEXT else _SPACES.sub(" ", text)


def _decimal(text: str, code: str, decimals: int) -> Decimal:
    plain = _SPACES.sub(" ", text).replace("−", "-").replace("- ", "-")
    found = _NUMBER.match(plain)
    if not found or len(re.sub(r"[^0-9]", "", found["whole"])) > 15:
        raise ValueRefused(code)
    # 12.500 is twelve thousand five hundred to one and twelve and a half to another: nobody is guessed for.
    if len(found["part"] or "") == 3 and decimals < 3:
        raise ValueRefused("ambiguous", text)
    number = Decimal(plain.replace(" ", "").replace(",", "."))
    if number != round(number, decimals):
        raise ValueRefused("too_many_decimals", decimals)
    return number


def _number(asked: Asked, text: str) -> str:
    return _plain(_decimal(text, "number", asked.limits.decimals))


def _money(_asked: Asked, text: str) -> int:
    return int(_decimal(_CURRENCY.sub("", text), "money", 2) * 100)


def _date(_asked: Asked, text: str) -> str:
    compact = re.fullmatch(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", text)
    if not compact:
        raise ValueRefused("date")
    try:
        return date(*map(int, compact.groups())).isoformat()
    except ValueError:
        raise ValueRefused("date") from None


def _term(_asked: Asked, text: str) -> str:
    try:
        term = Term.parse(text.replace(" ", ""))
    except ValueError:
        raise ValueRefused("term") from None
    if not 1900 <= term.year <= 2200:
        raise ValueRefused("term")
    return term.label


def _option(asked: Asked, text: str) -> str:
    if text not in {option.key for option in asked.options}:
        raise ValueRefused("option")
    return text


def _scale(asked: Asked, text: str) -> int:
    least, most = int(asked.limits.least or 1), int(asked.limits.most or 5)
    if not re.fullmatch(r"-?[0-9]{1,4}", text) or not least <= int(text) <= most:
        raise ValueRefused("scale", f"{least}–{most}")
    return int(text)


def _code(_asked: Asked, text: str) -> str:
    if len(text) > MOST_IN_CODE:
        raise ValueRefused("too_long", MOST_IN_CODE)
    return text


def _registered(asked: Asked, text: str) -> str:
    """A code of a register; an organization number as people write it, with its hyphen, too."""
    try:
        return parse_organization_number(text) if asked.of == "organizer" else _code(asked, text)
    except IdentifierRefused:
        return _code(asked, text)


def _fetched(_asked: Asked, _text: str) -> str:
    raise ValueRefused("fetched")


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
    Type.REGISTRY_VALUE: _registered,
    Type.INDICATOR_SERIES: _fetched,
    Type.ROWS: _fetched,
}
