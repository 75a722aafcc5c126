"""What a filled form has no use for and is not taken with: scripts, actions that reach out, files inside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pypdf.generic import ArrayObject, DictionaryObject

from samspel.kernel.documents.reading import caps, pages
from samspel.kernel.documents.reading.caps import Unreadable
from samspel.kernel.documents.reading.pages import resolved
from samspel.kernel.documents.reading.texts import text_of

# Going to a place in the document, or to an address that somebody clicks.
_HARMLESS: Final = frozenset({"GoTo", "Named", "URI"})
_HOLDS_FILES: Final = frozenset({"FileAttachment", "RichMedia", "Screen", "Movie", "Sound", "3D"})


def refuse(root: DictionaryObject, form: DictionaryObject | None, sheets: list[DictionaryObject]) -> None:
    """Raises Unreadable("scripts", "actions" or "embedded_files") for what it holds of them."""
    names = resolved(root.get("/Names"))
    if isinstance(names, DictionaryObject):
        if "/JavaScript" in names:
            raise Unreadable("scripts")
        if "/EmbeddedFiles" in names:
            raise Unreadable("embedded_files")
    if "/AF" in root:
        raise Unreadable("embedded_files")
    _refuse_actions(root, "/OpenAction")
    for sheet in sheets:
        _refuse_actions(sheet)
        for annotation in pages.annotations(sheet):
            if text_of(annotation.get("/Subtype")) in _HOLDS_FILES:
                raise Unreadable("embedded_files")
            _refuse_actions(annotation, "/A")
    if form is not None:
        _refuse_in_tree(resolved(form.get("/Fields")))


def _refuse_in_tree(fields: Any) -> None:
    """A field that stands on no page may have actions all the same."""
    waiting = [(each, 0) for each in fields] if isinstance(fields, ArrayObject) else []
    seen: set[int] = set()
    while waiting:
        node, depth = waiting.pop()
        node = resolved(node)
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        seen.add(id(node))
        if depth > caps.DEEPEST or len(seen) > caps.MOST_FIELDS:
            raise Unreadable("too_heavy")
        _refuse_actions(node, "/A")
        kids = resolved(node.get("/Kids"))
        waiting += [(kid, depth + 1) for kid in kids] if isinstance(kids, ArrayObject) else []


def _refuse_actions(thing: DictionaryObject, own: str = "") -> None:
    for action in _actions(thing, own):
        kind = text_of(action.get("/S"))
        if kind == "JavaScript" or "/JS" in action:
            raise Unreadable("scripts")
        if kind and kind not in _HARMLESS:
            raise Unreadable("actions")


def _actions(thing: DictionaryObject, own: str) -> Iterator[DictionaryObject]:
    """What a thing does when it is opened, clicked or left, each with what follows on it."""
    first = resolved(thing.get(own)) if own else None
    more = resolved(thing.get("/AA"))
    waiting = [first, *(more.values() if isinstance(more, DictionaryObject) else [])]
    seen: set[int] = set()
    while waiting:
        action = resolved(waiting.pop())
        if isinstance(action, ArrayObject) and len(seen) < caps.MOST_FIELDS:
            # A place to open at is a list too, of numbers and names.
            waiting += [each for each in map(resolved, action) if isinstance(each, DictionaryObject) and "/S" in each]
        if not isinstance(action, DictionaryObject) or id(action) in seen:
            continue
        if len(seen) > caps.MOST_FIELDS:
            raise Unreadable("too_heavy")
        seen.add(id(action))
        yield action
        waiting.append(action.get("/Next"))
