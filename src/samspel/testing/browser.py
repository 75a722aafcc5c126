"""A real Chromium on a real server with a real database."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from samspel.testing.ports import free_port

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str | None:
    """The Chromium to drive: CHROMIUM, else the system's; None if there is none.

    The headless shell first: the same engine without windows, which takes a third less of the processors.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)


class Live:
    """The server that a browser reaches; `url` has no slash at its end."""

    def __init__(self, thread: Any) -> None:
        self.thread = thread
        self.url = f"http://{thread.host}:{thread.port}"


@pytest.fixture
def live(transactional_db: None) -> Iterator[Live]:
    """The whole program on a port of its own; static files as in production."""
    thread = _serve()
    yield Live(thread)
    thread.terminate()


def _serve(tries: int = 5) -> Any:
    """A thread that serves; on another port if a second run on this machine took ours between look and bind."""
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler

    class PromptServer(ThreadedWSGIServer):
        """Looks twenty times a second whether to stop, not twice: every test waits for that."""

        def serve_forever(self, poll_interval: float = 0.05) -> None:
            super().serve_forever(poll_interval)

    class ReusingThread(LiveServerThread):
        """Takes a port whose last connections are not yet forgotten by the system."""

        server_class = PromptServer

        def _create_server(self, connections_override: Any = None) -> Any:
            address = (self.host, self.port)
            options = {"allow_reuse_address": True, "connections_override": connections_override}
            return self.server_class(address, QuietWSGIRequestHandler, **options)

    thread = ReusingThread("localhost", lambda application: application, connections_override={}, port=free_port())
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error and tries > 1:
        return _serve(tries - 1)
    if thread.error:
        raise thread.error
    return thread


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the whole run of this process."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, and Django would refuse every query in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield chrome
        chrome.close()


@pytest.fixture
def new_page(browser: Any, live: Live) -> Iterator[Callable[..., Any]]:
    """Open a page for one more person: `new_page()`, `new_page(viewport=…, java_script_enabled=False, locale="en")`.

    After the test, an error in a script or a breach of the content security policy fails it.
    """
    contexts, problems = [], []

    def open_page(**options: Any) -> Any:
        given = {"base_url": live.url, "locale": "sv-SE", "viewport": DESKTOP, **options}
        contexts.append(browser.new_context(**given))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        page.on("console", lambda message: problems.extend(_breaches(page.url, message)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def _breaches(url: str, message: Any) -> list[str]:
    breaks_policy = message.type == "error" and "Content Security Policy" in message.text
    return [f"{url}: {message.text}"] if breaks_policy else []


@pytest.fixture
def browser_page(new_page: Callable[..., Any]) -> Any:
    """A page of a person at a desk, in Swedish; addresses may be relative."""
    return new_page()


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """`axe(page)` fails with every breach of WCAG 2.2 AA on the page as it stands."""
    from axe_playwright_python.base import AXE_SCRIPT

    # Preloading would fetch every style again and set it inline, which our policy forbids.
    options = {"runOnly": STANDARDS, "resultTypes": ["violations"], "preload": False}
    # Only the breaches come back: all that is in order on a page is far more, and is asked for by nobody.
    script = f"{AXE_SCRIPT}; axe.run({json.dumps(options)}).then(found => found.violations)"

    def check(page: Any) -> None:
        if found := page.evaluate(script):
            raise AssertionError("\n".join(_told(page.url, violation) for violation in found))

    return check


def _told(url: str, violation: dict[str, Any]) -> str:
    places = ", ".join(" ".join(map(str, node["target"])) for node in violation["nodes"][:5])
    return f"{url}: {violation['id']} ({violation['help']}) at {places}"
