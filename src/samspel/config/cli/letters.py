"""`samspel letters`: what became of the letters."""

from __future__ import annotations

import json

import click

from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program

HEADINGS = ("sent", "what", "letter", "expected", "rows", "sent", "bounced", "in doubt", "waiting", "failed", "paper",
            "missing", "doubled")  # fmt: skip
_LONGEST = 40


@click.group("letters")
def command() -> None:
    """What became of the letters."""


@command.command("audit")
@json_option
@with_program("letters")
def audit(as_json: bool) -> None:
    """Count every letter sent: expected, rows, sent, bounced, in doubt, waiting, failed, paper, missing, doubled.

    Ends with 1 if anybody is missing or has got two.
    """
    from samspel.letters.queries import audit as audits

    found = audits.all_sent()
    if as_json:
        click.echo(json.dumps([one.as_document() for one in found], ensure_ascii=False, indent=1))
    else:
        for line in _table(found):
            click.echo(line)
    if not all(one.is_right for one in found):
        raise click.exceptions.Exit(1)


def _table(audits):
    if not audits:
        yield "No letter has been sent."
        return
    rows = [HEADINGS, *(_cells(one) for one in audits)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cells(one) -> tuple[str, ...]:
    title = one.title if len(one.title) <= _LONGEST else f"{one.title[: _LONGEST - 1]}…"
    counts = (one.expected, one.rows, one.sent, one.bounced, one.in_doubt, one.waiting, one.failed, one.paper)
    return (
        f"{one.sent_at:%Y-%m-%d}", one.what.replace("_", " "), title, *map(str, (*counts, one.missing, one.doubled)),
    )  # fmt: skip
