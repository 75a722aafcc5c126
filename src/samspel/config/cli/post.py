"""`samspel post`: what became of the messages."""

from __future__ import annotations

import click

from samspel.config.cli import audits
from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program


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
    from samspel.post.queries.audits import of_mailings

    audits.tell(
        of_mailings(),
        as_json=as_json,
        headings=("written", "kind"),
        leading=lambda one: (f"{one.written_at:%Y-%m-%d}", one.kind),
        nothing="No mailing has been written.",
    )
