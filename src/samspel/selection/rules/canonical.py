"""The one way to write a document as bytes, so that its digest is the same wherever it is taken.

JSON in UTF-8: keys sorted by code point, no white space, text in NFC, decimals as text without exponent or trailing
zeros, whole numbers within what every JSON reader keeps exactly, and no floats at all.
"""

import hashlib
import json
import re
import unicodedata
from decimal import Decimal
from typing import Any

from samspel.selection.rules.numbers import decimal_text

LARGEST_WHOLE = 2**53 - 1
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class NotCanonical(ValueError):
    """The document holds something that cannot be written in one way only."""


def canonical_bytes(document: object) -> bytes:
    """A document as canonical JSON. NotCanonical for floats, other types, clashing keys and halves of characters."""
    text = json.dumps(_plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("text with half a character") from error


def digest(document: object) -> str:
    """SHA-256 of the canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def read(content: bytes) -> Any:
    """Reads JSON as strictly as it is written, from anybody: NotCanonical for anything but UTF-8 JSON without floats
    and without a key twice in one table. White space and the order of keys are free."""
    try:
        return json.loads(
            content.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse, object_pairs_hook=_without_repetition
        )
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def _refuse(text: str) -> Any:
    raise NotCanonical(f"a number with decimals must be text: {text[:40]}")


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise NotCanonical("a key stands twice")
    return table


def _plain(value: object) -> Any:
    if isinstance(value, str):
        # NFC of every character that has been given a meaning is the same in all versions of Unicode.
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_WHOLE:
            raise NotCanonical(f"whole number too large: {value}")
        return value
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return _table(value)
    raise NotCanonical(f"a {type(value).__name__} has no canonical form")


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise NotCanonical(f"not a number: {value}")
    return decimal_text(value)


def _table(value: dict[Any, Any]) -> dict[str, Any]:
    table = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"a key must be text: {key!r}")
        table[_plain(key)] = _plain(item)
    if len(table) != len(value):
        raise NotCanonical("two keys are the same in NFC")
    return table
