"""`samspel forms`: the forms that are in use, and their sheets out and back."""

from __future__ import annotations

import json

import click

from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program


@click.group("forms")
def command() -> None:
    """The forms that are in use, and their sheets out and back."""


@command.command("list")
@json_option
@with_program("forms")
def listing(as_json: bool) -> None:
    """Every form with the version in use: its address, number and name."""
    from samspel.forms.queries.definitions import as_documents

    found = as_documents()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    if not found:
        click.echo("There are no forms.")
    width = max((len(each["slug"]) for each in found), default=0)
    for each in found:
        number = f"version {each['version']}" if each["version"] else each["state"]
        click.echo(f"{each['slug'].ljust(width)}  {number:<10}  {each['name']}")
