"""A notice as parts that HTML and plain text are both made of, so that they say the same. Pure: no Django here."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 72

PARA, HEADING, ITEM, FACT, QUOTE, CODE, BUTTON = "para", "heading", "item", "fact", "quote", "code", "button"
# A quote of one of our own people: web addresses in it are links.
OWN_QUOTE: Final = "own_quote"
# Parts of the same kind that stand as one block, without an empty line between them.
TOGETHER: Final = frozenset({ITEM, FACT})

_WEB_ADDRESS: Final = re.compile(r"(?i)\b(https?|ftp)://|\bwww\.(?=\w)")


@dataclass(frozen=True)
class Part:
    """One part of a notice: words already cleaned; `label`: a fact's label, a button's words, where a row leads."""

    kind: str
    words: str
    label: str = ""


def one_line(words: str) -> str:
    """Words on one line: white space of every sort becomes a space, what cannot be seen or turns the line goes."""
    seen = "".join(" " if _is_space(sign) else sign for sign in words if not _is_hidden(sign) or _is_space(sign))
    return " ".join(seen.split())


def shortened(words: str, longest: int) -> str:
    """Words on one line, cut where they are too long, and marked so."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def lines(words: str) -> str:
    """Words that keep their lines, as in a quote; each line is cleaned, and no more than one empty one in a row."""
    kept = "\n".join(one_line(line) for line in re.split(r"\r\n|[\n\r\v\f\u0085\u2028\u2029]", words))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def without_foreign_links(words: str, ours: str) -> str:
    """Words in which a mail program finds no web address but ours.

    A name may be "Anna https://…": what stands in it must not become a link in our mail. `ours`: where the site is.
    """

    def broken(found: re.Match[str]) -> str:
        rest = words[found.start() :]
        if rest == ours or rest.startswith((f"{ours}/", f"{ours} ")):
            return found[0]
        return found[0].replace("://", ": //").replace(".", ". ")

    return _WEB_ADDRESS.sub(broken, words)


def text(parts: Iterable[Part], *, foot: Sequence[str], width: int = WIDTH) -> str:
    """The notice as plain text in lines of at most `width` signs; addresses are never broken."""
    blocks: list[str] = []
    before = ""
    for part in parts:
        shown = _shown(part, width)
        if part.kind in TOGETHER and part.kind == before:
            blocks[-1] += f"\n{shown}"
        else:
            blocks.append(shown)
        before = part.kind
    if foot:
        # Two hyphens and a space: where a mail program lets the signature begin (RFC 3676, 4.3).
        blocks.append("-- \n" + "\n".join(_wrapped(line, width) for line in foot))
    return "\n\n".join(blocks) + "\n"


def unwrapped(written: str, width: int = WIDTH) -> list[list[str]]:
    """Plain text as paragraphs of lines, without the breaks that only its width made: for paper, which breaks anew."""
    return [_joined(block.split("\n"), width) for block in written.strip().split("\n\n") if block.strip()]


def _joined(rows: Sequence[str], width: int) -> list[str]:
    made: list[str] = []
    before = ""
    for row in rows:
        quoted = "> " if row.startswith("> ") and before.startswith("> ") else ""
        words = row.removeprefix(quoted).split()
        if before and words and len(before) + 1 + len(words[0]) > width and not row.startswith("- "):
            made[-1] += f" {' '.join(words)}"
        else:
            made.append(row)
        before = row
    return made


def _shown(part: Part, width: int) -> str:
    if part.kind == HEADING:
        return _wrapped(part.words, width).upper() if len(part.words) <= width else _wrapped(part.words, width)
    if part.kind == ITEM:
        shown = _wrapped(part.words, width, first="- ", rest="  ")
        return f"{shown}\n  {part.label}" if part.label else shown
    if part.kind == FACT:
        return _wrapped(f"{part.label}: {part.words}", width, rest="  ")
    if part.kind == CODE:
        return _wrapped(part.words, width, first="    ", rest="    ")
    if part.kind == BUTTON:
        return f"{_wrapped(f'{part.label}:', width)}\n{part.words}"
    if part.kind in (QUOTE, OWN_QUOTE):
        return "\n".join(_wrapped(line, width, first="> ", rest="> ") or ">" for line in part.words.split("\n"))
    return _wrapped(part.words, width)


def _wrapped(words: str, width: int, *, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        words,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _is_space(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Zl", "Zp", "Zs")


def _is_hidden(sign: str) -> bool:
    """Control signs, and those that turn the direction of a line or take no room (RFC 3454, C.8; UAX 9)."""
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") and sign != "\u00ad"
