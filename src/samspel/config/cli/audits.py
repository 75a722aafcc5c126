"""How audits of what was sent are told: in JSON, or as a table; with status 1 where one is not right."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import click

_COUNTS = ("expected", "rows", "sent", "bounced", "in_doubt", "waiting", "failed", "paper", "missing", "doubled")


def tell(
    found: Sequence[Any],
    *,
    as_json: bool,
    headings: Sequence[str],
    leading: Callable[[Any], Sequence[str]],
    nothing: str,
) -> None:
    """Tell each audit, and end with 1 if anybody is missing or has got two.

    headings and leading: the columns before the counts, and what stands in them of an audit.
    """
    if as_json:
        click.echo(json.dumps([one.as_document() for one in found], ensure_ascii=False, indent=1))
    elif not found:
        click.echo(nothing)
    else:
        rows = [(*leading(one), *(str(getattr(one, count)) for count in _COUNTS)) for one in found]
        _tell_table([(*headings, *(count.replace("_", " ") for count in _COUNTS)), *rows])
    if not all(one.is_right for one in found):
        raise click.exceptions.Exit(1)


def _tell_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
