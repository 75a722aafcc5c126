"""The program behind a command: its database and Django, both only when a command is really run."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


def with_program(deed: str) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Decorate a command: inside it there is a database and Django is set up. `deed`: the command's name."""

    def decorate(command: Callable[Given, Result]) -> Callable[Given, Result]:
        @wraps(command)
        def with_database(*arguments: Given.args, **options: Given.kwargs) -> Result:
            from samspel.config.supervisor.borrow import database

            with database(deed):
                set_up()
                try:
                    return command(*arguments, **options)
                finally:
                    _close()

        return with_database

    return decorate


def set_up() -> None:
    """Load Django with our settings and without a pool, as one command needs one connection."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.config.settings")
    os.environ.setdefault("SAMSPEL_POOL", "0")
    import django

    django.setup()


def _close() -> None:
    from django.db import connections

    connections.close_all()
