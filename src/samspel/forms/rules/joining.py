"""All fields of a save joined with what stands: values by path, and rows that come, go, and come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samspel.forms.rules import paths
from samspel.forms.rules.definitions import Definition, Question
from samspel.forms.rules.merging import merge
from samspel.forms.rules.received import asked_at, is_row
from samspel.forms.rules.values import ValueRefused

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Joined:
    """What a save comes to.

    writes: path to what is to stand there; merged: paths in which two texts became one; conflicts: path to what I wrote
    and could not take its place; brought_back: paths of rows that one took away while another wrote in them, and that
    stay; faults: path to why (a row too many, and what was written in it).
    """

    writes: dict[str, Any] = field(default_factory=dict)
    merged: set[str] = field(default_factory=set)
    conflicts: dict[str, Any] = field(default_factory=dict)
    brought_back: set[str] = field(default_factory=set)
    faults: dict[str, ValueRefused] = field(default_factory=dict)


def join(definition: Definition, mine: Values, base: Values, now: Values) -> Joined:
    """What I send, joined with what stands.

    mine: path to value, of what was sent alone. base, now: path to value as it stood on my page and as it stands, of
    those paths at least, of all rows of their tables, and of all cells that others changed since.
    """
    joined = Joined()
    for text, value in mine.items():
        asked = asked_at(definition, text)
        if asked is not None:
            outcome = merge(asked, base.get(text), value, now.get(text))
            if outcome.value != now.get(text):
                joined.writes[text] = outcome.value
            if outcome.is_merged:
                joined.merged.add(text)
            if outcome.is_conflict:
                joined.conflicts[text] = value
    _Rows(definition, mine, base, now, joined).join()
    return joined


class _Rows:
    """The rows that a save touches."""

    def __init__(self, definition: Definition, mine: Values, base: Values, now: Values, joined: Joined) -> None:
        self.definition, self.mine, self.base, self.now, self.joined = definition, mine, base, now, joined
        self.cells: dict[str, list[str]] = {}
        for text in mine:
            row, _slash, _column = text.rpartition("/")
            if "/" in row:
                self.cells.setdefault(row, []).append(text)
            elif is_row(definition, text):
                self.cells.setdefault(text, [])

    def join(self) -> None:
        """First those that go, are there or come back, then the new ones, in the order they were sent."""
        new = []
        for row in self.cells:
            if row in self.mine and self.mine[row] is None:
                self._take_away(row)
            elif self.now.get(row) is not None:
                self._move(row)
            elif self.base.get(row) is not None:
                self._bring_back(row)
            elif row in self.mine or any(self.mine[cell] is not None for cell in self.cells[row]):
                new.append(row)
        for row in new:
            self._add(row)

    def _take_away(self, row: str) -> None:
        if self.base.get(row) is None or self.now.get(row) is None:
            return
        others = [text for text in self.now if text.startswith(f"{row}/")]
        if any(self.now[text] is not None and self.now[text] != self.base.get(text) for text in others):
            self.joined.brought_back.add(row)
        else:
            self.joined.writes[row] = None

    def _move(self, row: str) -> None:
        place = self.mine.get(row, self.base.get(row))
        if place != self.base.get(row) == self.now[row]:
            self.joined.writes[row] = place

    def _bring_back(self, row: str) -> None:
        place = self.mine.get(row, self.base[row])
        wrote = any(self.mine[cell] not in (None, self.base.get(cell)) for cell in self.cells[row])
        if wrote or place != self.base[row]:
            self.joined.writes[row] = place
            self.joined.brought_back.add(row)

    def _add(self, row: str) -> None:
        question = self.definition.questions[row.partition("/")[0]]
        places = self._places(question)
        if len(places) >= question.most_rows:
            written = [text for text in self.cells[row] if self.mine[text] is not None]
            for text in (row, *written):
                self.joined.faults[text] = ValueRefused("too_many_rows", question.most_rows)
                self.joined.writes.pop(text, None)
            return
        self.joined.writes[row] = self.mine[row] if row in self.mine else max(places, default=0) + 1

    def _places(self, question: Question) -> list[int]:
        """The places of a table's rows, as they stand so far."""
        stands = {**self.now, **self.joined.writes}
        found = [
            value for text, value in stands.items() if text.startswith(f"{question.key}/") and text.count("/") == 1
        ]
        return [place for place in found if place is not None]


def standing(fields: Values) -> dict[str, Any]:
    """Fields that stand: what is empty, and cells of rows that were taken away, left out."""
    found = {}
    for text, value in fields.items():
        if value is not None and (text.count("/") < 2 or fields.get(text.rpartition("/")[0]) is not None):
            found[text] = value
    return found


def row_of(text: str) -> str:
    """The path of the row that a cell stands in; empty for what is no cell."""
    path = paths.parse(text)
    return f"{path.question}/{path.row}" if path.column else ""
