"""The changes of a field in words, with what was put in and taken out marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import islice
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspel.accounts.queries import names_of
from samspel.forms.models import Answer, FieldChange
from samspel.forms.queries import writing
from samspel.forms.rules.definitions import Definition, Type
from samspel.forms.rules.paths import parse

MOST: Final = 200
# Longer texts than this are shown whole, before and after: comparing them word by word costs too much.
_MOST_WORDS: Final = 3000
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Part:
    """Some words of a change: kept, put in ("ins") or taken out ("del")."""

    kind: str
    words: str


@dataclass(frozen=True)
class Told:
    """A change as told: when, by whom, how it came, where (a cell of a table), and its parts."""

    at: datetime
    who: str
    way: str
    where: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Touched:
    """A question that somebody has written in: when it was last changed, and by whom."""

    question: str
    label: str
    at: datetime
    who: str


def touched(answer: Answer, definition: Definition, *, seen_by: Any) -> list[tuple[str, list[Touched]]]:
    """Each section's title with its questions that have a history, in the form's order; two queries."""
    newest = FieldChange.objects.filter(answer=answer).order_by("path", "-revision", "-pk").distinct("path")
    last: dict[str, FieldChange] = {}
    for row in newest:
        key = parse(row.path).question
        if key not in last or row.revision > last[key].revision:
            last[key] = row
    names = names_of({row.changed_by for row in last.values()}, seen_by=seen_by)
    language = get_language() or "sv"
    found = []
    for section in definition.sections:
        rows = [
            Touched(
                one.key, one.label.in_language(language), row.changed_at, names.get(row.changed_by, _("the system"))
            )
            for one in section.questions
            if (row := last.get(one.key)) is not None
        ]
        if rows:
            found.append((section.title.in_language(language), rows))
    return found


def changes(answer: Answer, definition: Definition, path: str, *, seen_by: Any, choices: Any) -> list[Told]:
    """The newest changes of what stands at a path, of a table with its rows and cells; two queries however many."""
    found = FieldChange.objects.filter(answer=answer).filter(_below(definition, path))
    rows = list(islice(found.order_by("-revision", "-pk"), MOST + 1))
    names = names_of({row.changed_by for row in rows}, seen_by=seen_by)
    ways = {**writing.ways(), "set_aside": _("Taken from what had been put aside.")}
    before = _before(rows)
    return [
        Told(
            at=row.changed_at,
            who=names.get(row.changed_by, _("the system")),
            way=ways.get(row.way, ""),
            where=_where(definition, row.path) if row.path != path else "",
            parts=tuple(_parts(definition, row, before[row.pk], choices)),
        )
        for row in rows[:MOST]
    ]


def _below(definition: Definition, path: str) -> Q:
    question = definition.questions[parse(path).question]
    if question.type == Type.ROWS:
        return Q(path=path) | Q(path__startswith=f"{path}/")
    return Q(path=path)


def _before(rows: list[FieldChange]) -> dict[int, Any]:
    """Change to what stood at its path before it; rows come newest first."""
    found: dict[int, Any] = {}
    later: dict[str, FieldChange] = {}
    for row in rows:
        if row.path in later:
            found[later[row.path].pk] = row.value
        later[row.path] = row
    return found | {row.pk: None for row in later.values()}


def _where(definition: Definition, path: str) -> str:
    parts = parse(path)
    if not parts.column:
        return _("A row")
    column = definition.questions[parts.question].column(parts.column)
    return column.label.in_language(get_language() or "sv") if column else parts.column


def _parts(definition: Definition, row: FieldChange, was: Any, choices: Any) -> list[Part]:
    if row.path.count("/") == 1:
        if was is None or row.value is None:
            return [Part("del", _("The row was taken away"))] if row.value is None else [Part("ins", _("A new row"))]
        return [Part("", _("The row was moved"))]
    old, new = (
        writing.words_of(definition, row.path, value, get_language() or "sv", choices) for value in (was, row.value)
    )
    return difference(old, new)


def difference(old: str, new: str) -> list[Part]:
    """What became of a text, word by word."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > _MOST_WORDS:
        return [part for part in (Part("del", old), Part("ins", new)) if part.words]
    found: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(str.isspace, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Part("", "".join(before[a:b])))
            continue
        found += [part for part in (Part("del", "".join(before[a:b])), Part("ins", "".join(after[c:d]))) if part.words]
    return found
