"""The tags of a document: where its figures stand, and how one of them becomes a field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

# The template says it of each field (`fillable.typ`): a figure of nothing but a frame has no page of its own.
_AT: Final = "@"


@dataclass(frozen=True)
class Place:
    """Where a field is drawn: its id, page (from 0), box in points from the lower left, and structure element."""

    id: str
    page: int
    box: tuple[float, float, float, float]
    element: Any

    @property
    def width(self) -> float:
        """In points."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """In points."""
        return self.box[3] - self.box[1]


def places(pdf: pikepdf.Pdf) -> Iterator[Place]:
    """Every figure that is a field, in reading order."""
    for element in _elements(pdf.Root.StructTreeRoot):
        name, at, page = str(element.get("/Alt", "")).rpartition(_AT)
        if at and page.isdigit():
            yield Place(name, int(page) - 1, _box(element), element)


def _elements(root: Any) -> Iterator[Any]:
    """The figures under an element, in order; without recursion, since a table may be deep."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.get("/S") == "/Figure":
            yield element
            continue
        kids = element.get("/K")
        if isinstance(kids, Array):
            waiting.extend(kid for kid in reversed(list(kids)) if isinstance(kid, Dictionary))
        elif isinstance(kids, Dictionary):
            waiting.append(kids)


def _box(element: Any) -> tuple[float, float, float, float]:
    for attributes in element["/A"]:
        if "/BBox" in attributes:
            left, low, right, high = (float(edge) for edge in attributes["/BBox"])
            return left, low, right, high
    raise ValueError("a field without a box")


class ParentTree:
    """The document's list from number to structure element, which fields are added to."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._root = pdf.Root.StructTreeRoot
        self._next = int(self._root.get("/ParentTreeNextKey", 0))
        self._first = self._next
        self._added: list[Any] = []

    def add(self, widget: Any, place: Place, page: Any) -> None:
        """Make the figure a form element that holds the widget and nothing else."""
        element = place.element
        element["/S"] = Name.Form
        del element["/Alt"]
        element["/Pg"] = page
        element["/K"] = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
        widget["/StructParent"] = self._next
        self._added += [self._next, element]
        self._next += 1

    def finish(self) -> None:
        """Write what was added, as a branch of its own if the tree has branches."""
        self._root["/ParentTreeNextKey"] = self._next
        tree = self._root["/ParentTree"]
        if "/Nums" in tree:
            tree["/Nums"].extend(self._added)
        elif self._added:
            limits = Array([self._first, self._next - 1])
            tree["/Kids"].append(Dictionary(Limits=limits, Nums=Array(self._added)))
