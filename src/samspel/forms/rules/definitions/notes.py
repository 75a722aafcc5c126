"""Single values of a definition, read one by one; what is wrong is noted and something harmless put in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from samspel.forms.rules.definitions.faults import MOST_FAULTS, Fault, place, told
from samspel.forms.rules.definitions.parts import Text

LONGEST_TEXT: Final = 5000
LONGEST_NAME: Final = 200
LONGEST_LABEL: Final = 500
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,119}\Z")
# No sign of control but line break and tab, and no half of a pair: PostgreSQL and JSON take none of them.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Notes:
    """The faults found so far, and the readers of single values that note them."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, where: str, code: str, detail: object = "") -> None:
        """Note a fault; beyond `MOST_FAULTS` no more are kept."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(told(where), code, told(detail)))

    def table(self, data: Any, where: str, known: Collection[str]) -> dict[str, Any]:
        """A table without what is null; words it may not have are noted."""
        if not isinstance(data, Mapping):
            self.fault(where, "not_a_table")
            return {}
        for name in data:
            if name not in known:
                self.fault(place(where, told(name)), "unknown_word", name)
        return {name: value for name, value in data.items() if value is not None and name in known}

    def text(
        self, data: Mapping[str, Any], name: str, where: str, *, needed: bool = False, longest: int = LONGEST_TEXT
    ) -> Text:
        """Words: a string is Swedish; a table has `sv` and perhaps `en`."""
        value, here = data.get(name, {}), place(where, name)
        if isinstance(value, str):
            value = {"sv": value}
        words = {
            key: self._words(each, place(here, key)) for key, each in self.table(value, here, {"sv", "en"}).items()
        }
        found = Text(words.get("sv", ""), words.get("en", ""))
        if needed and not found.sv:
            self.fault(here, "needs_swedish")
        if max(len(found.sv), len(found.en)) > longest:
            self.fault(here, "too_long_text", longest)
        return found

    def _words(self, value: Any, where: str) -> str:
        if not isinstance(value, str):
            self.fault(where, "not_words")
            return ""
        text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        if _UNFIT.search(text):
            self.fault(where, "unfit_signs")
            return ""
        return text

    def key(self, data: Mapping[str, Any], where: str) -> str:
        """A key: lowercase letters, digits and low lines, a letter first; empty if it is none."""
        key = data.get("key", "")
        if isinstance(key, str) and _KEY.match(key):
            return key
        self.fault(where, "key", key)
        return ""

    def name(self, data: Mapping[str, Any], name: str, where: str) -> str:
        """A name of something elsewhere, such as `organizer.name`; empty if there is none."""
        value = data.get(name, "")
        if value == "" or (isinstance(value, str) and _NAME.match(value)):
            return str(value)
        self.fault(place(where, name), "not_a_name", value)
        return ""

    def once(self, keys: Iterable[str], where: str) -> None:
        """Each key stands once."""
        for key, times in sorted(Counter(keys).items()):
            if key and times > 1:
                self.fault(where, "key_twice", key)

    def list_of(self, data: Mapping[str, Any], name: str, where: str, most: int) -> list[Any]:
        """A list of at most so many; what is beyond is not looked at."""
        value = data.get(name, [])
        if not isinstance(value, list):
            self.fault(place(where, name), "not_a_list")
            return []
        if len(value) > most:
            self.fault(place(where, name), "too_many", most)
        return value[:most]

    def some_of(self, data: Mapping[str, Any], name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Words, each among those allowed and once."""
        found = self.list_of(data, name, "", len(allowed))
        for value in found:
            if not isinstance(value, str) or value not in allowed:
                self.fault(name, "not_one_of", value)
        kept = [value for value in found if isinstance(value, str) and value in allowed]
        self.once(kept, name)
        return tuple(kept)

    def one_of(
        self, data: Mapping[str, Any], name: str, where: str, allowed: Collection[str], default: str | None = None
    ) -> str:
        """A word among those allowed; empty if it is none of them."""
        value = data.get(name, default)
        if isinstance(value, str) and value in allowed:
            return str(value)
        self.fault(place(where, name), "not_one_of", value)
        return ""

    def yes(self, data: Mapping[str, Any], name: str, where: str) -> bool:
        """True or false; false if nothing is said."""
        value = data.get(name, False)
        if not isinstance(value, bool):
            self.fault(place(where, name), "not_yes_or_no", value)
        return value is True

    def whole(self, data: Mapping[str, Any], name: str, where: str, least: int, most: int, default: int = 0) -> int:
        """A whole number within bounds; the default if nothing is said."""
        found = self.whole_or_none(data, name, where, least, most)
        return default if found is None else found

    def whole_or_none(self, data: Mapping[str, Any], name: str, where: str, least: int, most: int) -> int | None:
        """A whole number within bounds; None if nothing is said."""
        value = data.get(name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.fault(place(where, name), "not_a_number_between", f"{least}–{most}")
        return least
