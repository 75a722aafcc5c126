"""Browsers that are logged in for a test, each as surely as the test asks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client as DjangoClient

from samspel.accounts.middleware import LEVEL
from samspel.kernel.permissions import Level


class Client(DjangoClient):
    """Django's, logged in as surely as anything asks for unless the test says less: `level=Level.READ`."""

    def force_login(self, user: Any, backend: str | None = None, *, level: Level | None = Level.SIGN) -> None:
        """Log somebody in without a mail; with level=None the session says nothing of how she did."""
        super().force_login(user, backend=backend)
        # The test's own object stands outside the session it began.
        user.session_level = None
        session = self.session
        session.pop(LEVEL, None)
        if level is not None:
            session[LEVEL] = int(level)
        session.save()


def log_in_page(page: Any, person: Any, url: str, *, level: Level | None = Level.SIGN) -> None:
    """Log somebody in on a page of a real browser, for the site at `url`."""
    client = Client()
    client.force_login(person, level=level)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


def raise_level(page: Any, level: Level = Level.SIGN) -> None:
    """Make the login of a browser's page as sure as `level`, as a passkey or a one-time code would."""
    from importlib import import_module

    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    session = import_module(settings.SESSION_ENGINE).SessionStore(cookies[settings.SESSION_COOKIE_NAME])
    session[LEVEL] = int(level)
    session.save()
