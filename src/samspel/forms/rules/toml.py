"""A definition as text that an editor can read, keep and send: TOML, from the plain data of `definitions.as_data`.

Only what such data hold is written: tables, lists, text, whole numbers, decimals, yes and no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
# Tables this small stand on their question's own line: words in two languages, an option, a condition.
_INLINE: Final = frozenset({"sv", "en", "key", "label"})


def written(data: Mapping[str, Any]) -> str:
    """The data as TOML; `tomllib.loads` gives the same back. Raises TypeError for what TOML cannot say."""
    return "\n".join(_table(data, ())).strip("\n") + "\n"


def _table(data: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    """The values of a table first, then the tables below it, as TOML asks."""
    below = {name: value for name, value in data.items() if _is_written_below(name, value)}
    for name, value in data.items():
        if name not in below:
            yield f"{_name(name)} = {_value(value)}"
    for name, value in below.items():
        path = (*above, name)
        heading = ".".join(map(_name, path))
        for each in [value] if isinstance(value, Mapping) else value:
            yield ""
            yield f"[{heading}]" if isinstance(value, Mapping) else f"[[{heading}]]"
            yield from _table(each, path)


def _is_written_below(name: str, value: Any) -> bool:
    """Sections, questions and columns, and what else is a list of tables or a table too large for a line."""
    if name in ("asked_when", "required_when", "options"):
        return False
    if isinstance(value, Mapping):
        return not set(value) <= _INLINE
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_name(name)} = {_value(each)}" for name, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, Sequence):
        return _list(value)
    raise TypeError(f"TOML cannot say {type(value).__name__}")


def _list(value: Sequence[Any]) -> str:
    """Tables one a line, all else on one."""
    if value and all(isinstance(each, Mapping) for each in value):
        return "[\n" + "".join(f"    {_value(each)},\n" for each in value) + "]"
    return f"[{', '.join(map(_value, value))}]"


def _text(value: str) -> str:
    return '"' + "".join(map(_sign, value)) + '"'


def _sign(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    return f"\\u{ord(sign):04X}" if ord(sign) < 32 or ord(sign) == 127 else sign


def _name(name: str) -> str:
    return name if _BARE.match(name) else _text(name)
