"""From Markdown to parts. Of Markdown only what a letter needs is known; all else stands as the words it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from samspel.letters.rules.rich_text import addresses
from samspel.letters.rules.rich_text.tree import (
    HIGHEST,
    LOWEST,
    Heading,
    Listing,
    Paragraph,
    Part,
    Quote,
    Run,
    Runs,
    Table,
)

_KNOWN: Final = ("heading", "list", "blockquote", "table", "emphasis", "link", "autolink", "newline",
                 "escape", "entity")  # fmt: skip
# Lists and quotes within each other that are shown so; what lies deeper stands as paragraphs.
DEEPEST: Final = 5
_MOST_READ: Final = 100


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False, "maxNesting": _MOST_READ})
    # Whether an address may stand is judged below, once, with all that is known of it.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    return reader.enable(list(_KNOWN))


_READER: Final = _reader()


@lru_cache(maxsize=512)
def read(source: str) -> tuple[Part, ...]:
    """The parts of a text, in order. Whatever is typed is some text: nothing is refused, and no words are lost."""
    tree = SyntaxTreeNode(_READER.parse(source.replace("\x00", "")))
    return tuple(_parts(tree.children))


def _parts(nodes: list[SyntaxTreeNode], depth: int = 0) -> Iterator[Part]:
    for node in nodes:
        if node.type == "heading":
            yield Heading(min(max(int(node.tag[1:]), HIGHEST), LOWEST), _runs(node))
        elif node.type == "paragraph":
            yield Paragraph(_runs(node))
        elif node.type == "blockquote":
            if depth < DEEPEST:
                yield Quote(tuple(_within(node.children, depth)))
            else:
                yield from _within(node.children, depth)
        elif node.type in ("bullet_list", "ordered_list"):
            if depth < DEEPEST:
                yield _listing(node, depth)
            else:
                yield from (part for item in node.children for part in _within(item.children, depth))
        elif node.type == "table":
            yield _table(node)
        elif node.content:
            yield Paragraph(_linked(Run(node.content)))


def _within(nodes: list[SyntaxTreeNode], depth: int) -> Iterator[Part]:
    """Parts of a list or a quote, in which a heading is a strong line."""
    for part in _parts(nodes, depth + 1):
        if isinstance(part, Heading):
            yield Paragraph(tuple(Run(run.words, True, run.is_emphasized, run.href) for run in part.runs))
        else:
            yield part


def _listing(node: SyntaxTreeNode, depth: int) -> Listing:
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    return Listing(tuple(tuple(_within(item.children, depth)) for item in node.children), start)


def _table(node: SyntaxTreeNode) -> Table:
    rows = [tuple(_runs(cell) for cell in row.children) for part in node.children for row in part.children]
    return Table(rows[0], tuple(rows[1:]))


def _runs(node: SyntaxTreeNode) -> Runs:
    inline = [run for child in node.children for run in _inline(child.children, Run(""))]
    return tuple(run for run in _joined(inline) if run.words)


def _inline(nodes: list[SyntaxTreeNode], look: Run) -> Iterator[Run]:
    for node in nodes:
        if node.type == "link":
            yield from _link(node, look)
        elif node.type == "strong":
            yield from _inline(node.children, Run("", True, look.is_emphasized, look.href))
        elif node.type == "em":
            yield from _inline(node.children, Run("", look.is_strong, True, look.href))
        elif node.type in ("softbreak", "hardbreak"):
            yield _as(look, "\n" if node.type == "hardbreak" else " ")
        else:
            yield _as(look, node.content)


def _link(node: SyntaxTreeNode, look: Run) -> Iterator[Run]:
    address = str(node.attrs.get("href", ""))
    if addresses.is_allowed(address) and not look.href:
        yield from _inline(node.children, Run("", look.is_strong, look.is_emphasized, address))
        return
    # An address that may not be linked to stands beside its words, so that the writer sees it.
    yield from _inline(node.children, look)
    yield _as(look, f" ({address})")


def _as(look: Run, words: str) -> Run:
    return Run(words, look.is_strong, look.is_emphasized, look.href)


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Runs of the same look that follow each other are one; addresses written out become links."""
    gathered: list[Run] = []
    for run in runs:
        if gathered and _as(gathered[-1], "") == _as(run, ""):
            gathered[-1] = _as(run, gathered[-1].words + run.words)
        else:
            gathered.append(run)
    for run in gathered:
        yield from _linked(run)


def _linked(run: Run) -> Runs:
    if run.href:
        return (run,)
    return tuple(Run(words, run.is_strong, run.is_emphasized, href) for words, href in addresses.found(run.words))
