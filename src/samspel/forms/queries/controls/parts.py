"""What a page needs to show one question: ready words and ready attributes, so that its template asks nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samspel.forms.rules.definitions import Column, Question
from samspel.kernel.ui.charts import LineChart
from samspel.kernel.ui.figures import Figure


@dataclass(frozen=True)
class Choice:
    """One thing to choose. `id` is its own input's, where it has one."""

    key: str
    label: str
    is_chosen: bool = False
    id: str = ""


@dataclass(frozen=True)
class Words:
    """How many words a text may have and has; `is_near` from nine tenths on, `is_over` beyond."""

    most: int
    now: int

    @property
    def left(self) -> int:
        """How many are left; below nought when there are too many."""
        return self.most - self.now

    @property
    def over(self) -> int:
        """How many are too many."""
        return max(0, self.now - self.most)

    @property
    def is_near(self) -> bool:
        """Whether it is time to say so."""
        return self.now * 10 >= self.most * 9

    @property
    def is_over(self) -> bool:
        """Whether there are too many."""
        return self.now > self.most


@dataclass(frozen=True)
class Aside:
    """What was set aside at a field: whose, when, and its words."""

    pk: int
    shown: str
    who: str
    when: str
    why: str
    url: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell. `attributes` stand ready for the input; `kind` is which input: text, long, select or list."""

    path: str
    id: str
    kind: str
    label: str
    value: str
    fault: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    shown: str = ""
    is_numeric: bool = False
    list_id: str = ""
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row: its place in the order, its cells; `is_blank` while nobody has written in it."""

    id: str
    path: str
    place: int
    number: int
    cells: tuple[Cell, ...]
    away_id: str = ""
    is_blank: bool = False
    is_going: bool = False


@dataclass(frozen=True)
class Head:
    """The heading of a column; `total`: its sum in words; `share`: its part of the width, in twentieths."""

    key: str
    label: str
    help: str = ""
    is_required: bool = False
    is_numeric: bool = False
    has_sum: bool = False
    total: str = ""
    share: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Rows:
    """A table to write in. `blank`: a row for the page's script to copy."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    most: int
    least: int
    has_sums: bool
    blank: Row | None = None

    @property
    def is_full(self) -> bool:
        """Whether no more rows are taken."""
        return len(self.rows) >= self.most


@dataclass(frozen=True)
class Series:
    """An indicator's figures as they stood when they were fetched: (period, figure if it is one, its words as kept).

    chart: the same as a picture, where at least two of them are numbers.
    """

    indicator: str
    as_of: str
    values: tuple[tuple[str, Figure | None, str], ...]
    chart: LineChart | None = None


@dataclass(frozen=True)
class KeptFile:
    """A file that an answer holds."""

    name: str
    size: int
    url: str = ""


@dataclass(frozen=True)
class Control:
    """One question on a page. `value` as somebody would type it, `shown` in words for who only reads.

    template: renders its input alone, with `control`; is_group: stands in a fieldset. condition: when it is asked,
    in words, and `asked_when` the same for the page's script; empty for what is always asked.
    """

    path: str
    id: str
    type: str
    template: str
    label: str
    help: str = ""
    value: str = ""
    shown: str = ""
    fault: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    hint: str = ""
    low: str = ""
    high: str = ""
    is_required: bool = False
    is_group: bool = False
    is_read_only: bool = False
    is_asked: bool = True
    condition: str = ""
    asked_when: str = ""
    words: Words | None = None
    most_characters: int | None = None
    prefilled: str = ""
    asides: tuple[Aside, ...] = ()
    comments: int = 0
    comments_url: str = ""
    history_url: str = ""
    list_id: str = ""
    rows: Rows | None = None
    series: Series | None = None
    file: KeptFile | None = None
    describedby: str = ""

    @property
    def error_id(self) -> str:
        """The id that an error summary leads to."""
        return f"{self.id}-0" if self.choices and self.is_group else self.id


@dataclass(frozen=True)
class Around:
    """What stands around the values of an answer, by path or question; empty in a preview.

    choices: (registry kind) to (code, name) pairs, asked for at most once a kind; shown_code: (asked, code) to words.
    """

    asides: Mapping[str, Sequence[Aside]] = field(default_factory=dict)
    comments: Mapping[str, int] = field(default_factory=dict)
    prefilled: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, KeptFile] = field(default_factory=dict)
    comments_url: str = ""
    history_url: str = ""
    # Questions in which something stands or has stood.
    written: frozenset[str] = frozenset()
    choices: Callable[[Question | Column], Sequence[tuple[str, str]]] = lambda _asked: ()


def id_of(path: str) -> str:
    """The id of a path's input on the page."""
    return "f-" + path.replace("/", "-")


NOTHING: Any = Around()
