"""`samspel bounces`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from samspel.config.cli.options import json_option
from samspel.config.cli.program import with_program
from samspel.config.refused import Refused


@click.command("bounces")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@json_option
@with_program("bounces")
def command(files: tuple[Path, ...], as_json: bool) -> None:
    """Take in mails that came back: an mbox, an .eml, a Maildir or a folder of .eml files.

    The same mail again counts once. What is no bounce is counted and left at that.
    """
    from django.utils import timezone

    from samspel.post.operations import bounces

    found = [raw for path in files for raw in _mails(path)]
    tally: Counter[str] = Counter(mails=len(found))
    with click.progressbar(found, label="Reading", file=sys.stderr, hidden=as_json) as rows:
        for raw in rows:
            taken = bounces.take_in(raw=raw, at=timezone.now())
            tally["repeats" if taken.is_repeat else taken.verdict.value] += 1
            tally["ours"] += taken.ours
            tally["unknown"] += taken.unknown
    _tell(tally, as_json=as_json)


def _mails(path: Path) -> Iterator[bytes]:
    """The mails in a file or folder, in order. Raises Refused for a folder without any."""
    import mailbox

    if path.is_dir():
        if (path / "cur").is_dir() and (path / "new").is_dir():
            box = mailbox.Maildir(str(path), create=False)
            yield from (box.get_bytes(name) for name in sorted(box.keys()))
            return
        inside = sorted(path.rglob("*.eml"))
        if not inside:
            raise Refused(f"There is no mail (.eml) in {path}.")
        yield from (one.read_bytes() for one in inside)
    elif path.open("rb").read(5) == b"From ":
        mbox = mailbox.mbox(str(path), create=False)
        yield from (mbox.get_bytes(name) for name in sorted(mbox.keys()))
    else:
        yield path.read_bytes()


NAMES = {
    "mails": "mails",
    "bounce": "bounces",
    "repeats": "known already",
    "ours": "of messages that we sent",
    "unknown": "of messages that we do not know",
    "news": "still tried, or arrived",
    "auto_reply": "answers of a machine",
    "other": "something else",
    "unreadable": "not readable",
}


def _tell(tally: Counter[str], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({name: tally[name] for name in NAMES}))
        return
    for name, words in NAMES.items():
        click.echo(f"{tally[name]:>6}  {words}")
