"""`samspel forms`: the forms that are in use, and their sheets out and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

import click

from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program
from samspel.config.refused import Refused


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
        number = f"version {each['version']}" if each["state"] == "in use" else each["state"]
        click.echo(f"{each['slug'].ljust(width)}  {number:<10}  {each['name']}")


@command.command("read")
@click.argument("pdf", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="IN.pdf")
@json_option
@with_program("forms")
def read(pdf: Path, as_json: bool) -> None:
    """Every field of a filled PDF, its text as it stood, and beside it what is wrong with it. Nothing is changed."""
    from django.utils.translation import override

    from samspel.forms.operations.handing_in import HandedInRefused
    from samspel.forms.queries.handed_in import NotASheet
    from samspel.forms.queries.read_sheets import as_document
    from samspel.kernel.documents.filled import PdfRefused, read_fields

    with override("en"):
        try:
            found = as_document(read_fields(pdf.read_bytes()), language="en")
        except PdfRefused as refused:
            _refuse(refused.code, str(refused), as_json)
        except NotASheet as refused:
            _refuse(refused.code, str(HandedInRefused(refused.code)), as_json)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    known = "" if found["is_known"] else ", which is not known here"
    click.echo(f"{found['form']}, version {found['version']}{known}")
    for each in found["fields"]:
        click.echo(f"{each['path']}: {each['typed']!r}" + (f"  ! {each['said']}" if each["fault"] else ""))


def _refuse(code: str, reason: str, as_json: bool) -> NoReturn:
    """End with status 1 and the reason."""
    if as_json:
        click.echo(json.dumps({"refused": code, "reason": reason}, ensure_ascii=False, indent=1))
        raise SystemExit(1)
    raise click.ClickException(reason)


@command.command("pdf")
@click.argument("definition")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--number", type=click.IntRange(1), help="This version, also a draft; else the one in use.")
@click.option("--language", type=click.Choice(["sv", "en"]), default="sv", show_default=True)
@with_program("forms")
def pdf(definition: str, out: Path, number: int | None, language: str) -> None:
    """Write the form DEFINITION (its address, as `list` tells) to OUT as a fillable PDF that nobody has written in."""
    from samspel.forms.queries.definitions import in_use, numbered
    from samspel.forms.queries.sheets import blank

    version = in_use(definition) if number is None else numbered(definition, number)
    if version is None:
        raise Refused(f"There is no form {definition} in that version. `samspel forms list` tells which there are.")
    try:
        out.write_bytes(blank(version, language))
    except OSError as fault:
        raise Refused(f"Cannot write {out}: {fault.strerror}") from fault
    click.echo(f"{out}: {definition}, version {version.number}")
