"""Where free text looks like it tells of somebody: each place in an answer, with the words round it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from samspel.forms.rules import paths, tables
from samspel.forms.rules.conditions import asked
from samspel.forms.rules.definitions import Column, Definition, Question, Type
from samspel.forms.rules.personal import find

TEXTS: Final = frozenset({Type.SHORT_TEXT, Type.LONG_TEXT})
# How many characters are shown on each side of what was found.
ROUND: Final = 60


@dataclass(frozen=True)
class Place:
    """A place to decide about. key: the same as long as the text found stands in the same field, whatever else changes.

    before, found, after: the text round it and itself; the two ends are cut between words.
    """

    key: str
    path: str
    section: str
    part: Question | Column
    question: Question
    kind: str
    before: str
    found: str
    after: str

    @property
    def kept(self) -> dict[str, str]:
        """What stands on a submission of a place that was chosen to stay: never the text itself."""
        return {"path": self.path, "kind": self.kind}


def places(definition: Definition, fields: Mapping[str, Any]) -> list[Place]:
    """Every place in the texts of what is asked, cells included, in the form's order."""
    return [
        place
        for path, question, part, text in texts(definition, fields)
        for place in _of(definition, path, question, part, text)
    ]


def undecided(found: Collection[Place], kept: Collection[str]) -> list[Place]:
    """Those that nobody has said should stay. kept: keys of places."""
    return [place for place in found if place.key not in set(kept)]


def texts(definition: Definition, fields: Mapping[str, Any]) -> Iterator[tuple[str, Question, Question | Column, str]]:
    """(path, question, question or column, text) of every text that is asked for, in the form's order."""
    answers = tables.by_question(definition, fields)
    keys = asked(definition, answers)
    for question in definition.questions.values():
        value = answers.get(question.key) if question.key in keys else None
        if question.type in TEXTS and isinstance(value, str):
            yield question.key, question, question, value
        elif question.type == Type.ROWS:
            for row in value or []:
                for column in question.columns:
                    if column.type in TEXTS and isinstance(row.get(column.key), str):
                        yield paths.cell(question.key, row["row"], column.key), question, column, row[column.key]


def _of(definition: Definition, path: str, question: Question, part: Question | Column, text: str) -> Iterator[Place]:
    section = definition.section_of[question.key].key
    seen: dict[tuple[str, str], int] = {}
    for each in find(text):
        what = text[each.start : each.end]
        # The same number twice in a field is two places to decide about.
        seen[each.kind, what] = seen.get((each.kind, what), 0) + 1
        said = f"{path}\0{each.kind}\0{what}\0{seen[each.kind, what]}"
        yield Place(
            key=hashlib.sha256(said.encode()).hexdigest()[:20],
            path=path,
            section=section,
            part=part,
            question=question,
            kind=each.kind,
            before=_before(text[: each.start]),
            found=what,
            after=_after(text[each.end :]),
        )


def _before(text: str) -> str:
    if len(text) <= ROUND:
        return text
    return "…" + text[-ROUND:].partition(" ")[2]


def _after(text: str) -> str:
    if len(text) <= ROUND:
        return text
    return text[:ROUND].rpartition(" ")[0] + "…"
