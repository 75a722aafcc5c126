"""`samspel letters`: what became of the letters."""

from __future__ import annotations

import click

from samspel.config.cli import audits
from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program

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
    from samspel.letters.queries.audit import all_sent

    audits.tell(
        all_sent(),
        as_json=as_json,
        headings=("sent", "what", "letter"),
        leading=lambda one: (f"{one.sent_at:%Y-%m-%d}", one.what.replace("_", " "), _cut(one.title)),
        nothing="No letter has been sent.",
    )


def _cut(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
