"""A text as plain text for mail programs that show no other: headings on lines of their own, addresses in brackets."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable
from typing import Final

from samspel.letters.rules.rich_text.reading import read
from samspel.letters.rules.rich_text.tree import Heading, Listing, Paragraph, Part, Quote, Run, Runs, Table

WIDTH: Final = 72
_INNER: Final = 8


def text(
    source: str | Iterable[Part], *, width: int = WIDTH, absolute: Callable[[str], str] = lambda address: address
) -> str:
    """Plain text in lines of at most `width` signs; an address is never broken."""
    parts = read(source) if isinstance(source, str) else source
    return "\n\n".join(shown for part in parts if (shown := _part(part, width, absolute)))


def wrapped(words: str, width: int = WIDTH, *, first: str = "", rest: str = "") -> str:
    """Words in lines of at most `width` signs, each line break in them kept."""
    lines = []
    for place, line in enumerate(words.split("\n")):
        lines.append(
            textwrap.fill(
                line,
                max(width, _INNER),
                initial_indent=first if place == 0 else rest,
                subsequent_indent=rest,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    return "\n".join(lines)


def _part(part: Part, width: int, absolute: Callable[[str], str]) -> str:
    def said(runs: Runs) -> str:
        return "".join(_run(run, absolute) for run in runs)

    if isinstance(part, Heading):
        return _underlined(said(part.runs), "=" if part.level == 2 else "-", width)
    if isinstance(part, Paragraph):
        return wrapped(said(part.runs), width)
    if isinstance(part, Quote):
        inner = text(part.parts, width=max(width - 2, _INNER), absolute=absolute)
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
    if isinstance(part, Listing):
        return _listing(part, width, absolute)
    return _table(part, said, width)


def _underlined(words: str, sign: str, width: int) -> str:
    shown = wrapped(words, width)
    longest = max(len(line) for line in shown.split("\n"))
    return f"{shown}\n{sign * longest}"


def _listing(part: Listing, width: int, absolute: Callable[[str], str]) -> str:
    rows = []
    for place, item in enumerate(part.items):
        mark = "- " if part.start is None else f"{part.start + place}. "
        inner = text(item, width=max(width - len(mark), _INNER), absolute=absolute)
        rows.append(mark + inner.replace("\n", f"\n{' ' * len(mark)}"))
    return "\n".join(re.sub(r"[ \t]+$", "", row, flags=re.MULTILINE) for row in rows)


def _table(part: Table, said: Callable[[Runs], str], width: int) -> str:
    """A row at a time, each cell after its column's name: a table of signs is unreadable when it is read aloud."""
    names = [said(cell) for cell in part.head]
    rows = [[f"{name}: {said(cell)}" if name else said(cell) for name, cell in zip(names, row, strict=False)]
            for row in part.rows]  # fmt: skip
    if not rows:
        return wrapped(", ".join(name for name in names if name), width)
    return "\n\n".join("\n".join(wrapped(cell, width, rest="  ") for cell in row) for row in rows)


def _run(run: Run, absolute: Callable[[str], str]) -> str:
    if not run.href:
        return run.words
    address = absolute(run.href)
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    return run.words if run.words in (address, shown) else f"{run.words} ({shown})"
