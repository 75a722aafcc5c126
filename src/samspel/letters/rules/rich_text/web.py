"""A text as HTML: every tag is ours, every word is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from samspel.letters.rules.rich_text.reading import read
from samspel.letters.rules.rich_text.tree import Heading, Listing, Paragraph, Part, Quote, Run, Runs, Table

# A part ("para", "heading", "list", "quote", "table", "cell") to its style attribute, " style=…", or nothing.
Styled = Callable[[str], str]


def html(
    source: str | Iterable[Part],
    *,
    styled: Styled = lambda _name: "",
    absolute: Callable[[str], str] = lambda address: address,
) -> str:
    """HTML of a text, safe as it stands. styled: for mail, which reads no style sheet; absolute: whole addresses."""
    parts = read(source) if isinstance(source, str) else source
    return "\n".join(_part(part, styled, absolute) for part in parts)


def _part(part: Part, styled: Styled, absolute: Callable[[str], str]) -> str:
    def inline(runs: Runs) -> str:
        return "".join(_run(run, absolute) for run in runs)

    if isinstance(part, Heading):
        return f"<h{part.level}{styled('heading')}>{inline(part.runs)}</h{part.level}>"
    if isinstance(part, Paragraph):
        return f"<p{styled('para')}>{inline(part.runs)}</p>"
    if isinstance(part, Quote):
        return f"<blockquote{styled('quote')}>{html(part.parts, styled=styled, absolute=absolute)}</blockquote>"
    if isinstance(part, Listing):
        return _listing(part, styled, absolute)
    return _table(part, inline, styled)


def _listing(part: Listing, styled: Styled, absolute: Callable[[str], str]) -> str:
    tag = "ul" if part.start is None else "ol"
    start = "" if part.start in (None, 1) else f' start="{part.start}"'
    items = "".join(f"<li>{_item(item, styled, absolute)}</li>" for item in part.items)
    return f"<{tag}{start}{styled('list')}>{items}</{tag}>"


def _item(parts: tuple[Part, ...], styled: Styled, absolute: Callable[[str], str]) -> str:
    """A row that is one paragraph stands without one's distance."""
    if len(parts) == 1 and isinstance(parts[0], Paragraph):
        return "".join(_run(run, absolute) for run in parts[0].runs)
    return html(parts, styled=styled, absolute=absolute)


def _table(part: Table, inline: Callable[[Runs], str], styled: Styled) -> str:
    cell_style = styled("cell")
    head = "".join(f'<th scope="col"{cell_style}>{inline(cell)}</th>' for cell in part.head)
    cells = ("".join(f"<td{cell_style}>{inline(cell)}</td>" for cell in row) for row in part.rows)
    rows = "".join(f"<tr>{row}</tr>" for row in cells)
    body = f"<tbody>{rows}</tbody>" if rows else ""
    table = f"<table{styled('table')}><thead><tr>{head}</tr></thead>{body}</table>"
    # On a narrow page the table scrolls by itself, by keyboard too; who comes to it so hears its columns.
    columns = escape(", ".join(words for cell in part.head if (words := "".join(run.words for run in cell).strip())))
    name = f' aria-label="{columns}"' if columns else ""
    return table if styled("table") else f'<div class="letter-table" role="group"{name} tabindex="0">{table}</div>'


def _run(run: Run, absolute: Callable[[str], str]) -> str:
    words = escape(run.words).replace("\n", "<br>")
    if run.is_emphasized:
        words = f"<em>{words}</em>"
    if run.is_strong:
        words = f"<strong>{words}</strong>"
    return f'<a href="{escape(absolute(run.href))}">{words}</a>' if run.href else words
