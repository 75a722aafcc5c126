"""`samspel select`: draw, explain, verify and take out a selection round."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program
from samspel.config.refused import Refused

as_option = click.option("--as", "mail", metavar="MAIL", help="Act for this person, under her permissions.")
# Stands for whatever round a bundle is of.
_THE_BUNDLES = "-"
out = click.Path(dir_okay=False, writable=True, path_type=Path)


class RoundGroup(click.Group):
    """`select ROUND deed`; verify with a bundle needs no round and no database."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """A bundle stands for its round: `select verify --bundle FILE.zip` reads as if one had been named."""
        if args and args[0] == "verify" and any(one.split("=")[0] == "--bundle" for one in args):
            args = [_THE_BUNDLES, *args]
        return super().parse_args(context, args)


@click.group("select", cls=RoundGroup)
@click.argument("round", metavar="ROUND")
@click.pass_context
def command(context: click.Context, round: str) -> None:
    """Draw, explain and verify a selection round.

    ROUND is its address, such as ri-2024. What is secret before the evaluation closes goes to those with the right.
    """
    context.obj = round


def telling(deed: Callable[..., dict[str, Any]]) -> Callable[..., None]:
    """Print what a deed answers: `sentence` for people, all of it as JSON for programs; `ok` False ends with 1."""

    @wraps(deed)
    def told(*arguments: Any, as_json: bool, **options: Any) -> None:
        _speak_english()
        answer = deed(*arguments, **options)
        if as_json:
            click.echo(
                json.dumps({key: value for key, value in answer.items() if key != "sentence"}, ensure_ascii=False)
            )
        else:
            click.echo(answer["sentence"])
        if answer.get("ok") is False:
            raise click.exceptions.Exit(1)

    return told


@command.command("run")
@click.option("--as", "mail", metavar="MAIL", required=True, help="The person who draws, under her permissions.")
@json_option
@click.pass_obj
@with_program("select")
@telling
def run(slug: str, mail: str) -> dict[str, Any]:
    """Draw a frozen round, once, for a person. Refuses any other state."""
    from django.utils import timezone

    from samspel.selection.operations import drawing

    person = _person(mail)
    round = drawing.run(round=_round(slug), by=person, at=timezone.now())
    pairs, digest = round.pairs.count(), round.result_digest
    sentence = f"{slug} is drawn. Pairs: {pairs}. SHA-256 of the result: {digest}"
    return {"round": slug, "state": round.state, "pairs": pairs, "result_digest": digest, "sentence": sentence}


@command.command("explain")
@click.argument("number", metavar="ORGNR")
@as_option
@json_option
@click.pass_obj
@with_program("select")
@telling
def explain(slug: str, number: str, mail: str | None) -> dict[str, Any]:
    """Why an organizer stands where it does: its parts, their sources, and what would have changed it."""
    from samspel.selection.queries.explanations import as_document, explanation_of
    from samspel.selection.queries.results import result_of

    round = _frozen(slug, mail)
    explained = explanation_of(result_of(round), _number(number))
    if explained is None:
        raise Refused(f"{number} was not considered in {slug}.")
    return {"round": slug, **as_document(explained), "sentence": _told(explained)}


@command.command("verify")
@click.option("--bundle", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A bundle's file.")
@click.option("--digest", default="", help="The published digest, to compare a bundle with.")
@json_option
@click.pass_obj
@telling
def verify(slug: str, file: Path | None, digest: str) -> dict[str, Any]:
    """Recompute everything and compare, digit for digit, with the database or (without one) with a bundle."""
    return _verify_bundle(slug, file, digest) if file else _verify_round(slug)


@command.command("bundle")
@click.argument("target", metavar="OUT.zip", type=out)
@click.option("--as", "mail", metavar="MAIL", required=True, help="The person who takes it out.")
@json_option
@click.pass_obj
@with_program("select")
@telling
def bundle(slug: str, target: Path, mail: str) -> dict[str, Any]:
    """Rules, figures, seed and result in one file, to verify anywhere. Secret; goes to those with the right."""
    from django.utils import timezone

    from samspel.selection.operations import taking_out

    content = taking_out.take_bundle(round=_round(slug), by=_person(mail), at=timezone.now())
    return _written(target, content, slug)


@command.command("protocol")
@click.argument("target", metavar="OUT.pdf", type=out)
@click.option("--public", "is_public", is_flag=True, help="The public protocol instead of the full one.")
@click.option("--language", type=click.Choice(["sv", "en"]), default="sv", show_default=True)
@as_option
@json_option
@click.pass_obj
@with_program("select")
@telling
def protocol(slug: str, target: Path, is_public: bool, language: str, mail: str | None) -> dict[str, Any]:
    """The protocol of a round as PDF: the public one, or for a person with the right (--as) the full, secret one."""
    from django.utils import timezone

    from samspel.selection.operations import taking_out
    from samspel.selection.queries import protocols

    at = timezone.now()
    if is_public or mail is None:
        answer = _written(target, protocols.public_pdf(_public(slug), language, at), slug)
        said = "This is the public protocol. The full one is secret and goes to a person with the right: --as MAIL."
        return {**answer, "kind": "public", "sentence": f"{answer['sentence']}\n{said}"}
    content = taking_out.take_protocol(round=_round(slug), language=language, by=_person(mail), at=at)
    return {**_written(target, content, slug), "kind": "full"}


def _speak_english() -> None:
    """What the program says at the command line is English, like the commands; only where Django is there at all."""
    if "django" in sys.modules and sys.modules["django"].apps.apps.ready:
        from django.utils import translation

        translation.activate("en")


def _verify_bundle(slug: str, file: Path, digest: str) -> dict[str, Any]:
    from samspel.selection.rules import bundle, snapshot
    from samspel.selection.rules.problems import Refused as NotUsable

    try:
        with file.open("rb") as stream:
            found = bundle.unpack(stream)
        differences = found.differences(digest)
        frozen = snapshot.from_document(found.document)
    except NotUsable as refused:
        raise Refused(
            "\n".join(f"{problem.where}: {problem.code} {dict(problem.facts)}" for problem in refused.problems)
        ) from refused
    if slug not in (_THE_BUNDLES, frozen.round):
        raise Refused(f"The bundle is of {frozen.round}, not of {slug}.")
    return _compared(frozen.round, frozen.digest(), differences)


@with_program("select")
def _verify_round(slug: str) -> dict[str, Any]:
    from samspel.selection.queries import results
    from samspel.selection.rules.problems import Refused as NotUsable

    round = _round(slug)
    if round.drawn_at is None:
        raise Refused(f"{slug} is not drawn yet, so there is nothing to verify.")
    try:
        return _compared(slug, round.digest, results.verify(round))
    except NotUsable as refused:
        raise Refused(str(refused)) from refused


def _compared(slug: str, digest: str, differences: list[Any]) -> dict[str, Any]:
    rows = [{"where": one.where, "recomputed": one.recomputed, "recorded": one.recorded} for one in differences]
    found = f"{len(rows)} places differ" if rows else "everything holds, digit for digit"
    head = f"{slug}: {found}. SHA-256: {digest}"
    lines = [f"  {row['where']}: recomputed {row['recomputed']}, recorded {row['recorded']}" for row in rows[:20]]
    return {"round": slug, "ok": not rows, "digest": digest, "differences": rows, "sentence": "\n".join([head, *lines])}


def _round(slug: str) -> Any:
    from samspel.selection.models import Round

    round = Round.objects.select_related("edition__scheme").filter(slug=slug).first()
    if round is None:
        raise Refused(f"There is no round {slug}.")
    return round


def _public(slug: str) -> Any:
    round = _round(slug)
    if round.state == "draft":
        raise Refused(f"{slug} is a draft, and not public.")
    return round


def _frozen(slug: str, mail: str | None) -> Any:
    """A frozen round; with --as only for a person who may see its figures."""
    from django.utils import timezone

    from samspel.selection import permissions

    round = _round(slug)
    if mail is not None:
        permissions.require(permissions.may_see_figures(_person(mail), round, timezone.now()))
    if round.frozen_at is None:
        raise Refused(f"{slug} is not frozen yet, so its ranking is not settled.")
    return round


def _person(mail: str) -> Any:
    from samspel.accounts.queries import person_by_email

    person = person_by_email(mail)
    if person is None:
        raise Refused(f"Nobody here has the address {mail}.")
    return person


def _number(written: str) -> str:
    from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number

    try:
        return parse_organization_number(written)
    except IdentifierRefused as refused:
        raise Refused(f"{written} is no organization number ({refused.code}).") from refused


def _written(target: Path, content: bytes, slug: str) -> dict[str, Any]:
    target.write_bytes(content)
    # Whoever else uses the machine has no business with it.
    target.chmod(0o600)
    return {"round": slug, "file": str(target), "bytes": len(content), "sentence": f"{target}: {len(content)} bytes"}


def _told(explained: Any) -> str:
    lines = [f"{explained.name} ({explained.number}): {explained.standing_label}"]
    if explained.reason:
        return "\n".join([*lines, f"  {explained.reason}"])
    lines.append(f"  rank {explained.rank} of {explained.of}, score {explained.score}")
    lines += [_part(part) for part in explained.parts]
    lines += [f"  {_turning(one)}" for one in explained.turnings]
    return "\n".join(lines)


def _part(part: Any) -> str:
    read = "; ".join(f"{one.file.name or one.file.title} row {one.row}" for one in part.sources)
    return f"  {part.part:+.9f}  {part.name}: {part.figure.value} ({part.period}, {part.mark}); {read}"


def _turning(one: Any) -> str:
    if one.needed is None:
        return f"{one.name}: {one.in_words}"
    return (
        f"{one.name}: {one.needed.value} instead of {one.present.value} would have changed it. {one.in_words}".rstrip()
    )
