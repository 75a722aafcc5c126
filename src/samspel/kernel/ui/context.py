"""What every page's frame needs, worked out only if the page has a frame."""

from __future__ import annotations

from datetime import date
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from samspel.kernel.ui import navigation
from samspel.kernel.ui.languages import LanguageLink, front_page, language_links


@cache
def program_version() -> str:
    """The installed version of the program, or nothing when it runs uninstalled."""
    try:
        return version("samspel")
    except PackageNotFoundError:
        return ""


class Shell:
    """The frame of one page, for one reader."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def user(self) -> Any:
        """Who reads; None before the session is known (an early error page)."""
        return getattr(self._request, "user", None)

    @cached_property
    def navigation(self) -> list[navigation.Link]:
        """The main menu."""
        return self._links(navigation.NAVIGATION)

    @cached_property
    def workspace(self) -> list[navigation.Link]:
        """The pages the reader works in."""
        return self._links(navigation.WORKSPACE)

    @cached_property
    def account_menu(self) -> list[navigation.Link]:
        """The reader's own pages."""
        return self._links(navigation.ACCOUNT_MENU)

    @cached_property
    def footer(self) -> list[navigation.Link]:
        """The duties' pages."""
        return self._links(navigation.FOOTER)

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """The other languages of this page."""
        return [link for link in language_links(self._request) if not link.is_current]

    @property
    def is_logged_in(self) -> bool:
        """Whether the reader is logged in."""
        return navigation.logged_in(self.user)

    @property
    def look(self) -> Any:
        """The look at pages as another person that goes on (kernel.permissions.Look); None for who is herself."""
        return getattr(self._request, "look", None)

    @property
    def version(self) -> str:
        """The program's version."""
        return program_version()

    @property
    def home_url(self) -> str:
        """The front page in the language being read."""
        return front_page()

    @property
    def search_url(self) -> str:
        """Where the header's search goes; nothing where there is no search."""
        return navigation.address("search")

    @property
    def login_url(self) -> str:
        """Where one logs in."""
        return navigation.address("account_login")

    @property
    def logout_url(self) -> str:
        """Where one logs out (by post)."""
        return navigation.address("account_logout")

    @property
    def query(self) -> str:
        """What stands in the header's search field: the search being shown, on the search page alone."""
        return self._request.GET.get("q", "") if self._request.path == self.search_url else ""

    @property
    def today(self) -> date:
        """The day it is where the program serves."""
        return timezone.localdate()

    def _links(self, shelf: Any) -> list[navigation.Link]:
        return navigation.links(shelf, user=self.user, path=self._request.path)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell` (the frame) and `demo_home` (the programme is invented)."""
    return {
        "shell": Shell(request),
        "demo_home": getattr(settings, "SAMSPEL_IS_DEMO", False),
    }
