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
    """One entry: what it is called (lazy text), the name of its address, its place, and whom it is for."""

    label: Any
    url_name: str
    order: int = 50
    is_for: Callable[[Any], bool] = everyone


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
    here = _standing([url for _item, url in shown], path)
    return [Link(item.label, url, _current(url, path) if url == here else "") for item, url in shown]


def _standing(urls: Iterable[str], path: str) -> str:
    """The entry where the reader stands: the nearest above the page, and the front page on itself alone."""
    above = [url for url in urls if path == url or (url != front_page() and path.startswith(url))]
    return max(above, key=len, default="")


def _current(url: str, path: str) -> str:
    """The value of aria-current: "page" on the page itself, "true" below it."""
    return "page" if path == url else "true"
