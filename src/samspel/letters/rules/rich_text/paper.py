"""A text as plain data for the PDF's template: lists and words, nothing that could become code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from samspel.letters.rules.rich_text.reading import read
from samspel.letters.rules.rich_text.tree import Heading, Listing, Paragraph, Part, Quote, Runs


def parts(source: str | Iterable[Part], *, absolute: Callable[[str], str] = lambda address: address) -> list[Any]:
    """The parts as data: {"kind": "heading", "level": 2, "runs": [{"words", "strong", "emph", "href"}]} and so on."""
    found = read(source) if isinstance(source, str) else source
    return [_part(part, absolute) for part in found]


def _part(part: Part, absolute: Callable[[str], str]) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"kind": "heading", "level": part.level, "runs": _runs(part.runs, absolute)}
    if isinstance(part, Paragraph):
        return {"kind": "para", "runs": _runs(part.runs, absolute)}
    if isinstance(part, Quote):
        return {"kind": "quote", "parts": parts(part.parts, absolute=absolute)}
    if isinstance(part, Listing):
        items = [parts(item, absolute=absolute) for item in part.items]
        return {"kind": "list", "start": part.start, "items": items}
    rows = [[_runs(cell, absolute) for cell in row] for row in part.rows]
    return {"kind": "table", "head": [_runs(cell, absolute) for cell in part.head], "rows": rows}


def _runs(runs: Runs, absolute: Callable[[str], str]) -> list[dict[str, Any]]:
    return [
        {
            "words": run.words,
            "strong": run.is_strong,
            "emph": run.is_emphasized,
            "href": absolute(run.href) if run.href else "",
        }
        for run in runs
    ]
