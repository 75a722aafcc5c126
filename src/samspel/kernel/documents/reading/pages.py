"""The pages of a PDF: counted and walked within bounds, whatever its page tree says of itself."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject

from samspel.kernel.documents.reading import caps
from samspel.kernel.documents.reading.caps import Unreadable


def of(root: Any) -> list[DictionaryObject]:
    """Its pages in order. Raises Unreadable("too_many_pages"), or "damaged" for a tree that goes in circles."""
    found: list[DictionaryObject] = []
    seen: set[int] = set()
    waiting = [(root.get("/Pages"), 0)]
    while waiting:
        node, depth = waiting.pop()
        node = resolved(node)
        if not isinstance(node, DictionaryObject):
            continue
        if id(node) in seen or depth > caps.DEEPEST:
            raise Unreadable("damaged")
        seen.add(id(node))
        kids = resolved(node.get("/Kids"))
        if isinstance(kids, ArrayObject):
            if len(kids) > caps.MOST_PAGES:
                raise Unreadable("too_many_pages")
            waiting += [(kid, depth + 1) for kid in reversed(kids)]
        else:
            found.append(node)
        if len(found) > caps.MOST_PAGES:
            raise Unreadable("too_many_pages")
    return found


def annotations(page: DictionaryObject) -> list[DictionaryObject]:
    """What lies on a page beside its text: widgets, links, notes."""
    listed = resolved(page.get("/Annots"))
    if not isinstance(listed, ArrayObject):
        return []
    if len(listed) > caps.MOST_FIELDS:
        raise Unreadable("too_heavy")
    return [each for each in map(resolved, listed) if isinstance(each, DictionaryObject)]


def resolved(thing: Any) -> Any:
    """What a reference leads to; the thing itself if it is none."""
    return thing.get_object() if thing is not None and hasattr(thing, "get_object") else thing
