"""A command group that loads a command when it is used, and tells refusals as sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from samspel import __version__
from samspel.config.refused import Refused


class LazyGroup(click.Group):
    """`commands_by_name`: name to (module in `package`, one line of help). Each module has a `command`."""

    def __init__(self, name: str, *, package: str, commands_by_name: Mapping[str, tuple[str, str]], **more: Any):
        super().__init__(name, **more)
        self._package = package
        self._by_name = commands_by_name
        click.version_option(__version__, prog_name="samspel")(self)

    def list_commands(self, context: click.Context) -> list[str]:
        """In the order in which one needs them."""
        return list(self._by_name)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Load the command's module."""
        if name not in self._by_name:
            return None
        command: click.Command = import_module(f"{self._package}.{self._by_name[name][0]}").command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._by_name.items()])

    def invoke(self, context: click.Context) -> Any:
        """Run the command; what it refuses becomes a sentence on stderr and exit status 1."""
        with refusals_told():
            return super().invoke(context)


# Classes of worlds that are loaded late: module, class, and what goes before their text.
REFUSALS = (
    ("samspel.kernel.refusals", "Refusal", ""),
    ("django.core.exceptions", "PermissionDenied", "This person may not do that. "),
    ("django.db.utils", "OperationalError", "The database does not answer as it should: "),
    ("psycopg", "OperationalError", "The database does not answer as it should: "),
)


@contextmanager
def refusals_told() -> Iterator[None]:
    """Turn our own refusals, a missing right and an absent database into click's way of ending with 1."""
    try:
        yield
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        click.echo(sentence, err=True)
        raise click.exceptions.Exit(1) from error


def _sentence(error: Exception) -> str | None:
    """What to say of it; None if it is a fault of ours."""
    if isinstance(error, Refused):
        return str(error)
    for module, name, before in REFUSALS:
        if module in sys.modules and isinstance(error, getattr(sys.modules[module], name)):
            return f"{before}{error}".strip()
    return None
