"""A typeset page becomes a form: each figure a widget, in the tree of tags."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pikepdf
from pikepdf import Array, Name

from samspel.kernel import documents
from samspel.kernel.documents.fillable.fields import Fields
from samspel.kernel.documents.fillable.specs import FieldsDiffer, FieldSpec
from samspel.kernel.documents.fillable.tags import ParentTree, places


def made(
    template: str,
    data: Mapping[str, Any],
    language: str,
    *,
    fields: Sequence[FieldSpec],
    hidden: Mapping[str, str],
    at: datetime | None,
) -> bytes:
    """The bytes of the form; see `fillable`."""
    page = documents.typeset(template, data, language, standards=["ua-1"], at=at)
    with pikepdf.open(io.BytesIO(page)) as pdf:
        _add(pdf, fields, hidden)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _add(pdf: pikepdf.Pdf, fields: Sequence[FieldSpec], hidden: Mapping[str, str]) -> None:
    by_figure = {figure: (spec, option) for spec in fields for figure, option in spec.figures.items()}
    drawn = list(places(pdf))
    if sorted(place.id for place in drawn) != sorted(by_figure):
        raise FieldsDiffer(f"drawn or said alone: {sorted({place.id for place in drawn} ^ set(by_figure))[:20]}")
    made, tree = Fields(pdf), ParentTree(pdf)
    pages = [page.obj for page in pdf.pages]
    on_page: list[list[Any]] = [[] for _ in pages]
    for place in drawn:
        widget = made.widget(*by_figure[place.id], place, pages[place.page])
        tree.add(widget, place, pages[place.page])
        on_page[place.page].append(widget)
    on_page[0] += [made.hide(name, value, pages[0]) for name, value in hidden.items()]
    for page, widgets in zip(pages, on_page, strict=True):
        page["/Annots"] = Array([*page.get("/Annots", []), *widgets])
        page["/Tabs"] = Name.S
    tree.finish()
    pdf.Root["/AcroForm"] = made.finish()
