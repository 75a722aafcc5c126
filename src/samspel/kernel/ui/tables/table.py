"""The table itself: its rows sorted, the page of them that is shown, and the links of its headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from samspel.kernel.ui.tables.columns import Column, follow
from samspel.kernel.ui.tables.pagers import Pager, address_with, pager_of

NOTHING = _("There is nothing to show here.")


@dataclass(frozen=True)
class Heading:
    """A column's heading as shown: where its link leads and how the table stands sorted by it."""

    column: Column
    url: str = ""
    aria_sort: str = ""

    @property
    def icon(self) -> str:
        """The icon that shows the direction."""
        return self.aria_sort or "unsorted"


class Table:
    """A table over a queryset or a list.

    `params` is request.GET. `sort` is the column it is sorted by at first ("-name" for descending). `name` sets the
    table apart from others on the same page. `filters` is a Django form over `params`; the view does the filtering.
    """

    def __init__(
        self,
        *,
        columns: Sequence[Column],
        rows: QuerySet | Sequence[Any],
        params: QueryDict,
        caption: Any,
        sort: str = "",
        page_size: int = 50,
        name: str = "",
        filters: Any = None,
        empty: Any = NOTHING,
    ) -> None:
        self.columns, self.rows, self.params, self.caption = columns, rows, params, caption
        self.page_size, self.name, self.filters, self.empty = page_size, name, filters, empty
        self._first_sort = sort

    @cached_property
    def sort(self) -> str:
        """The column it stands sorted by, from the address when that names one that sorts."""
        asked = self.params.get(self.sort_key, "")
        sortable = {column.name for column in self.columns if column.order_by}
        return asked if asked.removeprefix("-") in sortable else self._first_sort

    @property
    def sort_key(self) -> str:
        """The address parameter for sorting."""
        return f"{self.name}-sort" if self.name else "sort"

    @property
    def page_key(self) -> str:
        """The address parameter for the page."""
        return f"{self.name}-page" if self.name else "page"

    @property
    def id(self) -> str:
        """The element's id."""
        return f"table-{self.name or 'main'}"

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings, each with the link that sorts by it, or turns the order when it already does."""
        return [self._heading(column) for column in self.columns]

    @cached_property
    def page(self) -> Page:
        """The rows shown; an address beyond the ends gives the nearest page."""
        return Paginator(self._sorted(), self.page_size).get_page(self.params.get(self.page_key))

    @cached_property
    def body(self) -> list[SafeString]:
        """The page's rows, written out here and not by the template, where a cell costs ten times as much."""
        framed = [(column, *column.frame()) for column in self.columns]
        return [self._written(row, framed) for row in self.page]

    @cached_property
    def pager(self) -> Pager:
        """Where one stands among the pages."""
        return pager_of(self.page, self.params, self.page_key)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filter form must carry along: the sorting."""
        return [(self.sort_key, self.params[self.sort_key])] if self.sort_key in self.params else []

    @property
    def is_filtered(self) -> bool:
        """Whether the address carries a filter that is filled in."""
        return bool(self.filters) and any(self.params.get(field.html_name) for field in self.filters)

    @property
    def unfiltered_url(self) -> str:
        """The same table with the filters emptied."""
        emptied = {field.html_name: None for field in self.filters} if self.filters else {}
        return address_with(self.params, {**emptied, self.page_key: None})

    def _written(self, row: Any, framed: list[tuple[Column, SafeString, SafeString]]) -> SafeString:
        cells = [f"{head}{column.html_of(row)}{foot}" for column, head, foot in framed]
        return mark_safe(f'<tr role="row">{"".join(cells)}</tr>')

    def _heading(self, column: Column) -> Heading:
        if not column.order_by:
            return Heading(column)
        direction = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.sort, "")
        asks = f"-{column.name}" if direction == "ascending" else column.name
        return Heading(
            column,
            address_with(self.params, {self.sort_key: asks, self.page_key: None}),
            direction,
        )

    def _sorted(self) -> Any:
        descending = self.sort.startswith("-")
        fields = next(
            (c.order_by for c in self.columns if c.name == self.sort.removeprefix("-")),
            (),
        )
        if isinstance(self.rows, QuerySet):
            return self._sorted_by_database(fields, descending)
        if not fields:
            return self.rows
        return sort_rows(self.rows, fields, descending)

    def _sorted_by_database(self, fields: tuple[str, ...], descending: bool) -> QuerySet:
        if not fields:
            return self.rows if self.rows.ordered else self.rows.order_by("pk")
        return self.rows.order_by(*(_ordering(field, descending) for field in fields), "pk")


def sort_rows(rows: Sequence[Any], fields: tuple[str, ...], descending: bool) -> list[Any]:
    """Rows of a list sorted by attribute paths; rows without a value stand last in both directions."""

    def key(row: Any) -> tuple[Any, ...]:
        return tuple(follow(row, field) for field in fields)

    known = [row for row in rows if None not in key(row)]
    return sorted(known, key=key, reverse=descending) + [row for row in rows if None in key(row)]


def _ordering(field: str, descending: bool) -> OrderBy:
    """Rows without a value last, whichever way the table is turned."""
    turned = descending != field.startswith("-")
    return OrderBy(F(field.removeprefix("-")), descending=turned, nulls_last=True)
