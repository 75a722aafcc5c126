"""Columns of a table: what they are called, what they take from a row and how they write it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from samspel.kernel.ui.blocks import badge
from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.dates import day_html, moment_html
from samspel.kernel.ui.figures import Figure, figure_html, money_html

KINDS = ("text", "number", "money", "date", "moment", "link", "badge")


@dataclass(frozen=True)
class Column:
    """A column: its name in the address and on the row, its heading, and what kind of thing it shows.

    `value` is an attribute path ("municipality__name") or a function of the row; left out, the name is the path.
    `order_by` are the fields (or, for a list, attribute paths) it sorts by; left out, it does not sort.
    `url` is a function of the row: its address. `decimals` and `unit` are for plain numbers.
    """

    name: str
    label: Any
    kind: str = "text"
    value: str | Callable[[Any], Any] = ""
    order_by: tuple[str, ...] = ()
    url: Callable[[Any], str] | None = None
    is_row_header: bool = False
    decimals: int | None = None
    unit: Any = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(self.kind)

    @property
    def is_numeric(self) -> bool:
        """Whether the column stands to the right, digit under digit."""
        return self.kind in ("number", "money")

    def value_of(self, row: Any) -> Any:
        """What the row has in this column."""
        return self.value(row) if callable(self.value) else follow(row, self.value or self.name)

    def html_of(self, row: Any) -> Any:
        """The cell's content, escaped."""
        shown = self._shown(self.value_of(row))
        url = self.url(row) if self.url else ""
        return format_html('<a href="{}">{}</a>', url, shown) if url else shown

    def frame(self) -> tuple[SafeString, SafeString]:
        """The cell's element, before and after its content; the label is what a phone shows beside it."""
        if self.is_row_header:
            return mark_safe('<th role="rowheader" scope="row">'), mark_safe("</th>")
        numeric = mark_safe(' class="is-numeric"') if self.is_numeric else ""
        return format_html('<td role="cell" data-label="{}"{}>', self.label, numeric), mark_safe("</td>")

    def _completed(self, figure: Figure) -> Figure:
        """A figure that does not say its decimals or unit takes the column's."""
        decimals = self.decimals if figure.decimals is None else figure.decimals
        return replace(figure, decimals=decimals, unit=figure.unit or self.unit)

    def _shown(self, value: Any) -> Any:
        if isinstance(value, Figure):
            return figure_html(self._completed(value))
        if isinstance(value, Badge):
            return badge(value)
        if self.kind == "number":
            return figure_html(Figure(value, decimals=self.decimals, unit=self.unit))
        if self.kind == "money":
            return money_html(value)
        if self.kind == "date":
            return day_html(value)
        if self.kind == "moment":
            return moment_html(value)
        return "–" if value is None or value == "" else conditional_escape(value)


def follow(row: Any, path: str) -> Any:
    """The value at an attribute path with double underscores; None when something on the way is missing."""
    for name in path.split("__"):
        row = row.get(name) if isinstance(row, dict) else getattr(row, name)
        if row is None:
            return None
    return row
