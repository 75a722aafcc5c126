"""The pytest plugin, named in pyproject's `addopts`: it must set the stage before pytest-django reads the settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from samspel.testing import examples, not_run
from samspel.testing.browser import axe, browser, browser_page, live, new_page
from samspel.testing.clamav import virus_check
from samspel.testing.imap import imap, imap_process
from samspel.testing.mail import smtp
from samspel.testing.official import official_files
from samspel.testing.oidc import oidc_liar, oidc_process
from samspel.testing.saml import saml_idp

__all__ = [
    "axe",
    "browser",
    "browser_page",
    "imap",
    "imap_process",
    "live",
    "new_page",
    "official_files",
    "oidc_liar",
    "oidc_process",
    "saml_idp",
    "smtp",
    "virus_check",
]

# The test server and its home, for the whole run; only the controller of xdist holds anything here.
_held = ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[Any]:
    """A home for tests and, without DATABASE_URL, a database server that forgets on a crash."""
    os.environ["SAMSPEL_TESTING"] = "1"
    os.environ["SAMSPEL_HOME"] = str(early_config.rootpath / "var" / "test")
    os.environ.setdefault("SAMSPEL_LOG_LEVEL", "WARNING")
    _compile_once(Path(os.environ["SAMSPEL_HOME"]) / "bytecode")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["SAMSPEL_TEST_RUN"] = os.environ.get("PYTEST_DB_SUFFIX") or str(os.getpid())
        if not _asks_nothing_of_the_database(early_config):
            _start_server()
    return (yield)


def _compile_once(folder: Path) -> None:
    """Where Python may write no bytecode beside the sources, every process of a run would compile all of them anew."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(folder)
        sys.dont_write_bytecode = False


def _asks_nothing_of_the_database(config: pytest.Config) -> bool:
    options = config.known_args_namespace
    return bool(options.help or options.version or options.markers or options.showfixtures)


def _start_server() -> None:
    from samspel.config.supervisor.borrow import database

    _held.enter_context(database("test", is_durable=False))


def pytest_configure(config: pytest.Config) -> None:
    """Where everything is required, a missing browser or folder is a failure at once."""
    not_run.refuse_incomplete()
    examples.begin()
    if "PYTEST_XDIST_WORKER" not in os.environ and not config.option.collectonly:
        from samspel.testing.static import collect

        collect()


def pytest_unconfigure() -> None:
    """Stop the server, if it is ours."""
    _held.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put browser tests last and leave out, and count, what cannot run here."""
    not_run.leave_out(config, items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What an xdist worker left out."""
    not_run.take_over(node.config, getattr(node, "workeroutput", {}))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts to the controller; a run of which nothing can run here did not fail."""
    not_run.hand_over(session)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say loudly what was not run."""
    not_run.tell(terminalreporter, config)
