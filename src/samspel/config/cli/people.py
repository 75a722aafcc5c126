"""`samspel people`: add many people with roles at once, from a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program
from samspel.config.refused import Refused


@click.command("people")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "mail", metavar="MAIL", required=True, help="Act for this person, under her rights.")
@click.option("--organizer", "number", metavar="ORGNR", help="Bind the list to this organizer.")
@click.option(
    "--choose",
    "choices",
    metavar="ROW=CHOICE",
    multiple=True,
    help="For a row that may be somebody known: another, skip, keep:KEY or take:KEY, as --json tells them.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would become of each row, and change nothing.")
@json_option
@with_program("people")
def command(file: Path, mail: str, number: str | None, choices: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Add the people in FILE (CSV or XLSX, headings first) with their roles: all of them, or nobody.

    A row that may be somebody known is a question, and stops the list until it is answered with --choose.
    """
    from django.db import transaction
    from django.utils import timezone, translation

    from samspel.kernel.refusals import Refusal

    now = timezone.now()
    with translation.override("en"):
        by = _person(mail)
        chosen = _chosen(choices)
        try:
            with transaction.atomic():
                told = _carry(file, by, now, number, chosen, dry_run=dry_run)
                # What was looked at alone is not kept.
                transaction.set_rollback(dry_run or "asked" in told)
        except Refusal as refusal:
            _tell_refusal(refusal, as_json)
            raise click.exceptions.Exit(1) from refusal
    _tell(told, as_json)
    if "asked" in told and not dry_run:
        raise click.exceptions.Exit(1)


def _person(mail: str) -> Any:
    from samspel.accounts.queries import person_by_email

    if (person := person_by_email(mail)) is None:
        raise Refused(f"Nobody here has the address {mail}.")
    return person


def _chosen(choices: tuple[str, ...]) -> dict[int, str]:
    from samspel.registry.rules.duplicates import parse_choice

    found = {}
    for one in choices:
        row, _separator, choice = one.partition("=")
        if not row.isdecimal() or parse_choice(choice) is None:
            raise click.UsageError(f"{one}: write --choose ROW=another, ROW=skip, ROW=keep:KEY or ROW=take:KEY.")
        found[int(row)] = choice
    return found


def _carry(
    file: Path, by: Any, at: Any, number: str | None, chosen: dict[int, str], *, dry_run: bool
) -> dict[str, Any]:
    from samspel.registry.operations import bulk
    from samspel.registry.queries import bulk as queries
    from samspel.registry.rules import people_rows

    with file.open("rb") as stream:
        read = people_rows.read_file(file.name, stream.read(people_rows.BYTES_MOST + 1))
    batch = bulk.propose(read=read, organizer=_organizer(number), by=by, at=at)
    batch = bulk.choose(batch=batch, choices=chosen, by=by, at=at)
    verdicts = queries.reading_of(batch, by, at).verdicts
    asked = [_asked(one, is_merger=queries.may_merge(by, at)) for one in verdicts if one.is_asked]
    rows = [{"row": one.row.number, "outcome": one.outcome} for one in verdicts]
    if dry_run or asked:
        return {"rows": rows, **({"asked": asked} if asked else {})}
    with click.progressbar(length=len(verdicts), label="Adding", file=sys.stderr) as bar:
        done = bulk.apply(batch=batch, by=by, at=at, on_row=lambda _number: bar.update(1))
    return {"rows": rows, "counts": done.counts}


def _organizer(number: str | None) -> Any:
    from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
    from samspel.registry.models import Organizer

    if number is None:
        return None
    try:
        return Organizer.objects.get(organization_number=parse_organization_number(number))
    except (IdentifierRefused, Organizer.DoesNotExist) as error:
        raise Refused(f"There is no organizer with the number {number}.") from error


def _asked(verdict: Any, *, is_merger: bool) -> dict[str, Any]:
    from samspel.registry.queries.bulk import choices_for

    open_ones = [choice for match in verdict.matches for choice in choices_for(match, verdict, is_merger=is_merger)]
    return {
        "row": verdict.row.number,
        "may_be": [{"key": match.known.key, "why": match.why} for match in verdict.matches],
        "choices": [*open_ones, "another", "skip"],
    }


def _tell_refusal(refusal: Any, as_json: bool) -> None:
    from samspel.registry.views.entry.bulk_words import fault_row, fault_sentence

    faults = getattr(refusal, "faults", [])
    if as_json:
        rows = [{"code": one.code, **{key: str(value) for key, value in fault_row(one).items()}} for one in faults]
        click.echo(json.dumps({"refused": refusal.code, "faults": rows}, ensure_ascii=False, indent=1))
        return
    click.echo(str(refusal), err=True)
    for fault in faults:
        click.echo(f"  {fault_sentence(fault)}", err=True)


def _tell(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    if "counts" in told:
        click.echo(", ".join(f"{name}: {count}" for name, count in sorted(told["counts"].items())) or "Nothing to do.")
        return
    outcomes = [row["outcome"] for row in told["rows"]]
    click.echo(", ".join(f"{outcomes.count(one)} {one}" for one in dict.fromkeys(outcomes)) + ". Nothing was changed.")
    for asked in told.get("asked", []):
        click.echo(f"  row {asked['row']} may be somebody known; --choose {asked['row']}= one of", err=True)
        click.echo(f"    {', '.join(asked['choices'])}", err=True)
