"""Makes filled PDF forms as different programs write them: plain ones, as Acrobat saves, as Preview does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Fields = Mapping[str, str | bool | tuple[str, list[str]]]


def plain(fields: Fields, change: Callable[[pikepdf.Pdf], None] | None = None, *, pages: int = 1, **save) -> bytes:
    """A form of those fields. A text; True or False for a box; (chosen, states) for a group of radio buttons.

    change: what else is done to it before it is saved.
    """
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    made = [_field(pdf, name, value) for name, value in fields.items()]
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(made), DA=String("/Helv 10 Tf 0 g")))
    if change:
        change(pdf)
    return saved(pdf, **save)


def saved(pdf: pikepdf.Pdf, **save) -> bytes:
    """Its bytes."""
    out = BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def changed(content: bytes, change: Callable[[pikepdf.Pdf], None], **save) -> bytes:
    """A PDF with something done to it, written anew."""
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        return saved(pdf, **save)


def _field(pdf: pikepdf.Pdf, name: str, value) -> pikepdf.Object:
    if isinstance(value, bool):
        return _on_page(pdf, Dictionary(FT=Name.Btn, T=String(name), **_state("/Yes" if value else "/Off", "/Yes")))
    if isinstance(value, tuple):
        return _group(pdf, name, *value)
    return _on_page(pdf, Dictionary(FT=Name.Tx, T=String(name), V=String(value)))


def _group(pdf: pikepdf.Pdf, name: str, chosen: str, states: list[str]) -> pikepdf.Object:
    group = pdf.make_indirect(
        Dictionary(FT=Name.Btn, Ff=(1 << 15) | (1 << 14), T=String(name), V=Name(f"/{chosen}" if chosen else "/Off"))
    )
    kids = []
    for state in states:
        shown = _state(f"/{state}" if state == chosen else "/Off", f"/{state}")
        del shown["V"]
        kids.append(_on_page(pdf, Dictionary(Parent=group, **shown)))
    group.Kids = Array(kids)
    return group


def _state(state: str, on: str) -> dict:
    looks = Dictionary({on: Dictionary(), "/Off": Dictionary()})
    return {"V": Name(state), "AS": Name(state), "AP": Dictionary(N=looks)}


def _on_page(pdf: pikepdf.Pdf, widget: Dictionary) -> pikepdf.Object:
    page = pdf.pages[0]
    widget.Type, widget.Subtype, widget.Rect = Name.Annot, Name.Widget, Array([50, 50, 200, 70])
    made = pdf.make_indirect(widget)
    if Name.Annots not in page.obj:
        page.obj.Annots = Array([])
    page.obj.Annots.append(made)
    return made
