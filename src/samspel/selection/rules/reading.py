"""Reads documents that anybody may have written: collects every problem and never raises on what stood there."""

import re
from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any, TypeVar

from samspel.selection.rules.numbers import decimal_from
from samspel.selection.rules.problems import Problem, shown

TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,99}", re.ASCII)
ORGANIZATION_NUMBER = re.compile(r"[0-9]{10}", re.ASCII)
MUNICIPALITY = re.compile(r"[0-9]{4}", re.ASCII)
LONGEST_TEXT = 2000

T = TypeVar("T")


class Reading:
    """Reads one table of a document at `where`; problems of all tables of the document share one list."""

    def __init__(self, table: object, where: str = "", problems: list[Problem] | None = None) -> None:
        self.where = where
        self.problems: list[Problem] = [] if problems is None else problems
        if isinstance(table, dict):
            self.table: dict[Any, Any] = table
        else:
            self.table = {}
            self.say("not_a_table", "", stood=shown(table))

    def say(self, code: str, key: str, **facts: str) -> None:
        """Note a problem with what stands under `key`."""
        self.problems.append(Problem(code, self.path(key), facts))

    def path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where and key else self.where or key

    def only(self, *keys: str) -> None:
        """Note every key that has no meaning here, so that a misspelt one is not passed over in silence."""
        for key in sorted(map(str, set(self.table) - set(keys))):
            self.say("unknown_key", shown(key), expected=", ".join(keys))

    def text(self, key: str, *, longest: int = LONGEST_TEXT, default: str | None = None) -> str:
        value = self.table.get(key, default)
        if isinstance(value, str) and len(value) <= longest and _is_unicode(value) and (value.strip() or default == ""):
            return value
        self.say("not_a_text", key, stood=shown(value))
        return ""

    def matching(self, key: str, pattern: re.Pattern[str], code: str, default: str | None = None) -> str:
        value = self.table.get(key, default)
        if isinstance(value, str) and (pattern.fullmatch(value) or value == default):
            return value
        self.say(code, key, stood=shown(value))
        return ""

    def token(self, key: str, default: str | None = None) -> str:
        return self.matching(key, TOKEN, "not_a_key", default)

    def among(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        value = self.table.get(key, default)
        if isinstance(value, str) and value in choices:
            return value
        self.say("not_a_choice", key, stood=shown(value), expected=", ".join(sorted(choices)))
        return ""

    def whole(self, key: str, least: int, most: int, default: int | None = None) -> int:
        value = self.table.get(key, default)
        if isinstance(value, int) and _is_whole(value, least, most):
            return value
        self.say("not_a_whole_number", key, stood=shown(value), expected=f"{least}–{most}")
        return least

    def whole_or_none(self, key: str, least: int, most: int) -> int | None:
        return None if self.table.get(key) is None else self.whole(key, least, most)

    def truth(self, key: str, default: bool) -> bool:
        value = self.table.get(key, default)
        if isinstance(value, bool):
            return value
        self.say("not_true_or_false", key, stood=shown(value))
        return default

    def decimal_or_none(self, key: str) -> Decimal | None:
        stood = self.table.get(key)
        value = decimal_from(stood)
        if value is None and stood is not None:
            self.say("not_a_decimal", key, stood=shown(stood))
        return value

    def tokens(
        self, key: str, *, pattern: re.Pattern[str] = TOKEN, least: int = 0, most: int = 1000
    ) -> tuple[str, ...]:
        """Keys without repetition, in the order they stand."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and pattern.fullmatch(item) for item in value):
            self.say("not_a_list_of_keys", key, stood=shown(value))
            return ()
        if len(set(value)) != len(value):
            self.say("repeated", key, stood=shown(", ".join(value)))
        if not least <= len(value) <= most:
            self.say("wrong_number_of_items", key, stood=str(len(value)), expected=f"{least}–{most}")
        return tuple(value)

    def wholes(self, key: str, least: int, most_each: int, *, most: int) -> tuple[int, ...]:
        """Whole numbers, each from `least` to `most_each`, at most `most` of them."""
        value = self.table.get(key, [])
        if (
            not isinstance(value, list)
            or len(value) > most
            or not all(_is_whole(item, least, most_each) for item in value)
        ):
            self.say("not_a_list_of_whole_numbers", key, stood=shown(value), expected=f"{least}–{most_each}")
            return ()
        return tuple(value)

    def inner(self, key: str) -> "Reading":
        return Reading(self.table.get(key, {}), self.path(key), self.problems)

    def each(self, key: str, read: Callable[["Reading"], T], *, least: int = 0, most: int = 1000) -> tuple[T, ...]:
        """What `read` makes of each table in a list."""
        value = self.table.get(key, [])
        if not isinstance(value, list):
            self.say("not_a_list", key, stood=shown(value))
            return ()
        if not least <= len(value) <= most:
            self.say("wrong_number_of_items", key, stood=str(len(value)), expected=f"{least}–{most}")
            return ()
        return tuple(
            read(Reading(item, f"{self.path(key)}[{place}]", self.problems)) for place, item in enumerate(value)
        )


def _is_unicode(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
