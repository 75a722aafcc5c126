"""Documents as tagged PDF: PDF/UA-1 and PDF/A-2a in one file, typeset by Typst.

A template lies in its app (`<app>/documents/<name>.typ`) and opens with

    #import "/kernel/documents/house.typ": house, data, language, facts, note
    #show: house.with(title: data.title)

It reads its data as `data`; nothing is built into the source, so no text can become code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from samspel.kernel.documents.glyphs import FONTS, showable

PACKAGE = Path(__file__).resolve().parent.parent.parent
STANDARDS = ["ua-1", "a-2a"]


class DocumentNotMade(Exception):
    """The template could not be set: a fault of ours (no alternative text, a skipped heading), never of a reader."""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def pdf(template: str, data: Mapping[str, Any], language: str, *, at: datetime | None = None) -> bytes:
    """The bytes of a tagged PDF, the same for the same template, data, language and moment.

    template: path from the package, such as `selection/documents/protocol.typ`; data: plain values (JSON);
    language: `sv` or `en`; at: the moment the document says it was made. A character that the fonts have no shape for
    stands as a square.
    """
    return typeset(template, data, language, standards=STANDARDS, at=at)


def typeset(
    template: str, data: Mapping[str, Any], language: str, *, standards: list[str], at: datetime | None = None
) -> bytes:
    """As `pdf`, by the standards said: `ua-1`, `a-2a`."""
    try:
        return typst.compile(
            str(PACKAGE / template),
            root=str(PACKAGE),
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"data": json.dumps(showable(data), ensure_ascii=False), "language": language},
            pdf_standards=standards,
            timestamp=int(at.timestamp()) if at else None,
        )
    except typst.TypstError as fault:
        raise DocumentNotMade(f"{template}: {fault}") from fault
