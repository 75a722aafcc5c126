"""`samspel post`: what became of the messages."""

from __future__ import annotations

import json

import click

from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program

HEADINGS = ("written", "kind", "expected", "rows", "sent", "bounced", "in doubt", "waiting", "failed", "paper",
            "missing", "doubled")  # fmt: skip


@click.group("post")
def command() -> None:
    """What became of the messages."""


@command.command("audit")
@json_option
@with_program("post")
def audit(as_json: bool) -> None:
    """Count every mailing: expected, rows, sent, bounced, in doubt, waiting, failed, paper, missing, doubled.

    Ends with 1 if anybody is missing or has got two.
    """
    from samspel.post.queries import audits

    found = audits.of_mailings()
    if as_json:
        click.echo(json.dumps([one.as_document() for one in found], ensure_ascii=False, indent=1))
    else:
        for line in _table(found):
            click.echo(line)
    if not all(one.is_right for one in found):
        raise click.exceptions.Exit(1)


def _table(audits):
    if not audits:
        yield "No mailing has been written."
        return
    rows = [HEADINGS, *(_cells(audit) for audit in audits)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cells(one) -> tuple[str, ...]:
    counts = (one.expected, one.rows, one.sent, one.bounced, one.in_doubt, one.waiting, one.failed, one.paper)
    return (f"{one.written_at:%Y-%m-%d}", one.kind, *map(str, (*counts, one.missing, one.doubled)))
