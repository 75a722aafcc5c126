"""Where a person can go from every page: higher apps hand in their entries, the shell shows those meant for her."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from samspel.kernel.handed_down import HandedDown
from samspel.kernel.ui.languages import front_page


def everyone(user: Any) -> bool:
    """Shown to all, logged in or not."""
    return True


def logged_in(user: Any) -> bool:
    """Shown to those who are logged in."""
    return bool(user and user.is_authenticated)


def logged_out(user: Any) -> bool:
    """Shown to those who are not logged in."""
    return not logged_in(user)


@dataclass(frozen=True)
class NavItem:
    """One entry: what it is called (lazy text), the name of its address, its place, and whom it is for.

    covers: names of the addresses of pages that belong to the entry without lying below it. is_root: the entry where
    the others begin, at which the reader stands on its own page alone.
    """

    label: Any
    url_name: str
    order: int = 50
    is_for: Callable[[Any], bool] = everyone
    covers: tuple[str, ...] = ()
    is_root: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as shown: its address found, and whether the reader stands there or below it."""

    label: Any
    url: str
    current: str = ""


NAVIGATION: HandedDown[NavItem] = HandedDown()
"""The main menu, in the header."""

WORKSPACE: HandedDown[NavItem] = HandedDown()
"""The pages a person works in, apart from those that everybody reads: Att göra, and what the apps add."""

ACCOUNT_MENU: HandedDown[NavItem] = HandedDown()
"""Beside log in and log out: the own account."""

FOOTER: HandedDown[NavItem] = HandedDown()
"""At the foot of every page: accessibility statement, personal data."""


def address(url_name: str) -> str:
    """The address of that name, or nothing where the page is not installed."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def links(items: Iterable[NavItem], *, user: Any, path: str) -> list[Link]:
    """The entries meant for this person, in order; entries without an address are left out."""
    found = [(item, address(item.url_name)) for item in sorted(items, key=lambda item: item.order)]
    shown = [(item, url) for item, url in found if url and item.is_for(user)]
    depths = [_depth(item, url, path) for item, url in shown]
    deepest = max(depths, default=0)
    return [
        Link(item.label, url, _current(url, path) if 0 < depth == deepest else "")
        for (item, url), depth in zip(shown, depths, strict=True)
    ]


def _depth(item: NavItem, url: str, path: str) -> int:
    """How near above the page the entry lies: the length of that of its addresses which the page's begins with."""
    alone = item.is_root or url == front_page()
    above = [url] if path == url or (not alone and path.startswith(url)) else []
    above += [other for other in map(address, item.covers) if other and path.startswith(other)]
    return max(map(len, above), default=0)


def _current(url: str, path: str) -> str:
    """The value of aria-current: "page" on the page itself, "true" below it."""
    return "page" if path == url else "true"
