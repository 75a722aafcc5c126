"""`samspel bench`."""

import json
from dataclasses import asdict

import click

from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program


@click.command("bench")
@click.argument("words", nargs=-1)
@json_option
@with_program("bench")
def command(words: tuple[str, ...], as_json: bool) -> None:
    """Measure what must be fast, each beside its floor on this machine. WORDS choose rows by their app."""
    from samspel.config import benching

    rows = list(benching.measure(words))
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for line in benching.table(rows):
        click.echo(line)
