"""Changes to a definition as plain data, one part at a time. Each gives new data; what it was given stays as it was.

The data may have faults: a draft is allowed to be unfinished. Raises NoSuchPart where a part is not there.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, Final

Data = dict[str, Any]
LONGEST_KEY: Final = 60
_OF_EVERY_TYPE: Final = frozenset(
    {"key", "label", "help", "is_required", "required_when", "asked_when", "prefill", "width"}
)


class NoSuchPart(LookupError):
    """The data has no such section, question or column."""


def section_of(data: Mapping[str, Any], key: str) -> Data:
    """The section of that key."""
    return _one(_list(data, "sections"), key)


def question_of(data: Mapping[str, Any], key: str) -> Data:
    """The question of that key, in whatever section."""
    return _one([each for section in _list(data, "sections") for each in _list(section, "questions")], key)


def column_of(data: Mapping[str, Any], question: str, key: str) -> Data:
    """The column of that key in a question."""
    return _one(_list(question_of(data, question), "columns"), key)


def section_with(data: Mapping[str, Any], question: str) -> Data:
    """The section that a question stands in."""
    for section in _list(data, "sections"):
        if any(each.get("key") == question for each in _list(section, "questions")):
            return section
    raise NoSuchPart(question)


def with_words(data: Mapping[str, Any], words: Mapping[str, Any]) -> Data:
    """The form's own words changed; what is empty is left out, but for `subject`, where empty says: about nothing."""
    new = _changed(copy.deepcopy(dict(data)), words)
    return new | {"subject": words["subject"]} if "subject" in words else new


def with_section(data: Mapping[str, Any], section: Mapping[str, Any]) -> Data:
    """A section added last, or changed where its key stands already."""
    new = copy.deepcopy(dict(data))
    _put(new, "sections", section)
    return new


def with_question(data: Mapping[str, Any], question: Mapping[str, Any], section: str = "") -> Data:
    """A question added last in a section, or changed where its key stands, and moved to the section that is named."""
    new = copy.deepcopy(dict(data))
    try:
        home = section_with(new, question["key"])
    except NoSuchPart:
        home = section_of(new, section)
    if section and home.get("key") != section:
        kept = question_of(new, question["key"])
        home["questions"].remove(kept)
        home = section_of(new, section)
        home.setdefault("questions", []).append(kept)
    _put(home, "questions", question)
    return new


def with_type(data: Mapping[str, Any], part: str, type_: str) -> Data:
    """A question or column ("question/column") of another type: what belongs to every type stays, the rest goes."""
    new = copy.deepcopy(dict(data))
    home, word, key = _home(new, part)
    at = _place(home[word], key)
    kept = {name: value for name, value in home[word][at].items() if name in _OF_EVERY_TYPE}
    home[word][at] = kept | {"type": type_}
    return new


def with_condition(data: Mapping[str, Any], part: str, word: str, condition: Any) -> Data:
    """A section or question with another condition in "asked_when" or "required_when"; None: with none."""
    new = copy.deepcopy(dict(data))
    home, where, key = _home(new, part)
    at = _place(home[where], key)
    home[where][at] = _changed(home[where][at], {word: condition})
    return new


def with_column(data: Mapping[str, Any], question: str, column: Mapping[str, Any]) -> Data:
    """A column added last in a table, or changed where its key stands already."""
    new = copy.deepcopy(dict(data))
    _put(question_of(new, question), "columns", column)
    return new


def moved(data: Mapping[str, Any], part: str, step: int) -> Data:
    """A section, a question or a column ("question/column") one place up (-1) or down (1).

    A question moved beyond the end of its section goes to the next one; at the ends of the form it stays.
    """
    new = copy.deepcopy(dict(data))
    home, word, key = _home(new, part)
    places = home[word]
    at = _place(places, key)
    if 0 <= at + step < len(places):
        places[at], places[at + step] = places[at + step], places[at]
    elif word == "questions":
        _to_neighbour(new, home, places[at], step)
    return new


def without(data: Mapping[str, Any], part: str) -> Data:
    """A section, a question or a column ("question/column") taken away."""
    new = copy.deepcopy(dict(data))
    home, word, key = _home(new, part)
    del home[word][_place(home[word], key)]
    if not home[word] and word == "columns":
        del home[word]
    return new


def keys_in(data: Mapping[str, Any]) -> set[str]:
    """Every section's and question's key: what a new one must not be called."""
    sections = _list(data, "sections")
    return {str(each.get("key", "")) for each in sections} | {
        str(each.get("key", "")) for section in sections for each in _list(section, "questions")
    }


def key_for(words: str, taken: Collection[str]) -> str:
    """A key made of words, such as no other has: “Antal elever i år 9” becomes antal_elever_i_ar_9."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: LONGEST_KEY - 4].rstrip("_")
    stem = stem if stem[:1].isalpha() else f"q_{stem}".rstrip("_")
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}_{number}", number + 1
    return key


def _home(data: Data, part: str) -> tuple[Data, str, str]:
    """Where a part stands: its parent, the list's name there, and its key."""
    question, slash, column = part.partition("/")
    if slash:
        return question_of(data, question), "columns", column
    if any(each.get("key") == part for each in _list(data, "sections")):
        return data, "sections", part
    return section_with(data, part), "questions", part


def _to_neighbour(data: Data, home: Data, question: Data, step: int) -> None:
    sections = data["sections"]
    at = sections.index(home) + step
    if not 0 <= at < len(sections):
        return
    home["questions"].remove(question)
    place = 0 if step > 0 else len(_list(sections[at], "questions"))
    sections[at].setdefault("questions", []).insert(place, question)


def _put(home: Data, word: str, part: Mapping[str, Any]) -> None:
    there = home.setdefault(word, [])
    for at, each in enumerate(there):
        if isinstance(each, dict) and each.get("key") == part["key"]:
            there[at] = _changed(each, part)
            return
    there.append(_changed({}, part))


def _changed(before: Data, words: Mapping[str, Any]) -> Data:
    """The table with these words in place of those it had; what is None or empty is taken out of it."""
    new = dict(before)
    for name, value in words.items():
        if value in (None, "", [], {}, False):
            new.pop(name, None)
        else:
            new[name] = value
    return new


def _place(places: list[Any], key: str) -> int:
    for at, each in enumerate(places):
        if isinstance(each, Mapping) and each.get("key") == key:
            return at
    raise NoSuchPart(key)


def _one(places: list[Data], key: str) -> Data:
    return places[_place(places, key)]


def _list(data: Mapping[str, Any], word: str) -> list[Data]:
    value = data.get(word)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
