"""`samspel import`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program
from samspel.config.refused import Refused

SUFFIXES = {".csv", ".txt", ".xlsx", ".zip"}
_DAY = re.compile(r"(?<!\d)(20\d{2})-(\d{2})-(\d{2})(?!\d)")


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would change, and change nothing.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day a school-unit register extract shows.")
@click.option("--withdraw", "withdrawn_key", metavar="KEY", help="Take back the import with this key.")
@click.option("--as", "mail", metavar="MAIL", help="Act for this person, under her rights; else as the system.")
@json_option
@with_program("import")
def command(
    files: tuple[Path, ...],
    dry_run: bool,
    as_of: datetime | None,
    withdrawn_key: str | None,
    mail: str | None,
    as_json: bool,
) -> None:
    """Import official files as they are: CSV, XLSX, a zip or a folder of them. All or nothing.

    Their kind is seen from what stands in them. The same files again change nothing.
    """
    if bool(files) == bool(withdrawn_key):
        raise click.UsageError("Name files to import, or an import to withdraw.")
    from django.utils import timezone, translation

    from samspel.kernel.audit import SYSTEM

    now = timezone.now()
    by = _person(mail) if mail else SYSTEM
    with translation.override("en"), _told_now():
        if withdrawn_key:
            _withdraw(withdrawn_key, by, now, as_json)
            return
        found = list(_found(files))
        day = as_of.date() if as_of else _day_in_name(found, as_json=as_json)
        _import(found, by, now, dry_run=dry_run, as_of=day, as_json=as_json)


@contextmanager
def _told_now() -> Iterator[None]:
    """Put a refusal into words while the command line's language holds."""
    from samspel.kernel.refusals import Refusal

    try:
        yield
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def _person(mail: str) -> Any:
    from samspel.accounts.queries import person_by_email

    if (person := person_by_email(mail)) is None:
        raise Refused(f"Nobody here has the address {mail}.")
    return person


def _found(files: tuple[Path, ...]) -> Iterator[Path]:
    """The files named, and those of the folders named that may be official files, by name."""
    for path in files:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in SUFFIXES)
            if not inside:
                raise Refused(f"In {path} there is no file that ends in {', '.join(sorted(SUFFIXES))}.")
            yield from inside
        else:
            yield path


def _day_in_name(files: list[Path], *, as_json: bool) -> date | None:
    """Offer a person the day that a workbook's name carries; a program gets none that it did not state."""
    if as_json or not sys.stdin.isatty():
        return None
    for file in files:
        if file.suffix.lower() == ".xlsx" and "enhet" in file.name.lower() and (found := _DAY.search(file.name)):
            asked = f"If {file.name} is a register extract, which day does it show?"
            answer: datetime = click.prompt(asked, default=found[0], type=click.DateTime(["%Y-%m-%d"]), err=True)
            return answer.date()
    return None


def _read(path: Path) -> bytes:
    """A file's bytes; one that is too large is cut just beyond the limit, which the parser then tells."""
    from samspel.registry.rules.official.archives import FILE_MOST

    try:
        with path.open("rb") as file:
            return file.read(FILE_MOST + 1)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error


def _import(files: list[Path], by: Any, at: datetime, *, dry_run: bool, as_of: date | None, as_json: bool) -> None:
    from samspel.registry.operations import imports

    with click.progressbar(length=len(files), label="Reading", file=sys.stderr) as bar:
        named = _counted(files, bar)
        try:
            report = imports.import_files(files=named, by=by, at=at, dry_run=dry_run, as_of=as_of)
        except imports.ImportRefused as refused:
            _tell_refusal(refused, as_json)
            raise click.exceptions.Exit(1) from refused
    _tell(report, as_json)


def _counted(files: list[Path], bar: Any) -> Iterator[tuple[str, bytes]]:
    for path in files:
        yield path.name, _read(path)
        bar.update(1)


def _tell_refusal(refused: Any, as_json: bool) -> None:
    from samspel.registry.views.sentences import sentence

    if as_json:
        click.echo(_json(refused.files))
        return
    click.echo(str(refused), err=True)
    for file in refused.files:
        for fault in file.errors:
            click.echo(f"  {sentence(fault)}", err=True)
        if file.error_count > len(file.errors):
            click.echo(f"  {file.name}: {file.error_count - len(file.errors)} more faults.", err=True)


def _json(files: Any) -> str:
    return json.dumps({"files": [_file(file) for file in files]}, ensure_ascii=False, indent=1)


def _file(file: Any) -> dict[str, Any]:
    return {
        "file": file.name,
        "kind": file.kind,
        "rows": file.rows,
        "values": file.values,
        "marks": dict(file.marks),
        "skipped": dict(file.skipped),
        "errors": [_error(fault) for fault in file.errors],
    }


def _error(fault: Any) -> dict[str, Any]:
    from samspel.registry.views import sentences

    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "stood": fault.stood,
        "expected": sentences.expected(fault),
        "code": fault.code,
        "sentence": sentences.sentence(fault),
    }


def _tell(report: Any, as_json: bool) -> None:
    if as_json:
        click.echo(_json(report.files))
        return
    for file in report.files:
        click.echo(f"{file.name}: {file.kind}, {file.rows} rows, {file.values} figures")
    for kind in ("values", "organizers", "units", "municipalities"):
        if counts := report.difference.get(kind):
            told = ", ".join(f"{counts[word]} {word}" for word in ("new", "changed", "gone", "unchanged"))
            click.echo(f"{kind}: {told}")
    click.echo("Dry run: nothing was changed." if report.is_dry_run else f"Imported as {report.key}.")


def _withdraw(key: str, by: Any, at: datetime, as_json: bool) -> None:
    from uuid import UUID

    from samspel.registry.models import ImportBatch
    from samspel.registry.operations import imports

    try:
        batch = ImportBatch.objects.get(key=UUID(key))
    except (ValueError, ImportBatch.DoesNotExist) as error:
        raise Refused(f"There is no import with the key {key}.") from error
    imports.withdraw(batch=batch, by=by, at=at)
    click.echo(json.dumps({"withdrawn": key}) if as_json else f"Withdrawn: {key}.")
