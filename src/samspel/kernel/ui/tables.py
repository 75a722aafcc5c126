"""Tables that sort, filter and turn pages by plain links: they need no script, and the link can be sent on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext_lazy as _

from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.dates import day_html, moment_html
from samspel.kernel.ui.figures import Figure, figure_html, money_html

NOTHING = _("There is nothing to show here.")

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

    def _completed(self, figure: Figure) -> Figure:
        """A figure that does not say its decimals or unit takes the column's."""
        decimals = self.decimals if figure.decimals is None else figure.decimals
        return replace(figure, decimals=decimals, unit=figure.unit or self.unit)

    def _shown(self, value: Any) -> Any:
        if isinstance(value, Figure):
            return figure_html(self._completed(value))
        if isinstance(value, Badge):
            return format_html('<span class="badge badge--{}">{}</span>', value.kind, value.label)
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


@dataclass(frozen=True)
class Pager:
    """Which page of how many, and the addresses around it (empty at the ends)."""

    number: int
    pages: int
    first: int
    last: int
    total: int
    previous_url: str = ""
    next_url: str = ""
    first_url: str = ""
    last_url: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell: its column and its escaped content."""

    column: Column
    html: Any


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
        self.columns, self.rows, self.params, self.caption = (
            columns,
            rows,
            params,
            caption,
        )
        self.page_size, self.name, self.filters, self.empty = (
            page_size,
            name,
            filters,
            empty,
        )
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
    def body(self) -> list[list[Cell]]:
        """The cells of the page's rows."""
        return [[Cell(column, column.html_of(row)) for column in self.columns] for row in self.page]

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


def pager_of(page: Page, params: QueryDict, page_key: str = "page") -> Pager:
    """The pager of a page of Django's paginator."""
    paginator = page.paginator

    def url(number: int) -> str:
        return address_with(params, {page_key: str(number) if number > 1 else None})

    has_previous, has_next = page.has_previous(), page.has_next()
    return Pager(
        number=page.number,
        pages=paginator.num_pages,
        first=page.start_index(),
        last=page.end_index(),
        total=paginator.count,
        previous_url=url(page.number - 1) if has_previous else "",
        next_url=url(page.number + 1) if has_next else "",
        first_url=url(1) if page.number > 2 else "",
        last_url=url(paginator.num_pages) if page.number < paginator.num_pages - 1 else "",
    )


def address_with(params: QueryDict, changes: dict[str, str | None]) -> str:
    """The query string with some parameters set (or, by None, taken away): `?a=1&sort=name`."""
    changed = params.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return "?" + changed.urlencode()


def _ordering(field: str, descending: bool) -> OrderBy:
    """Rows without a value last, whichever way the table is turned."""
    turned = descending != field.startswith("-")
    return OrderBy(F(field.removeprefix("-")), descending=turned, nulls_last=True)
