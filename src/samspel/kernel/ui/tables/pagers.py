"""Pages of a list, and the addresses that lead between them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page
from django.http import QueryDict


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
