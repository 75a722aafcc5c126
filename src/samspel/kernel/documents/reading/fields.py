"""The fields of a form: walked from its tree and from the widgets on its pages, each with what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, NumberObject

from samspel.kernel.documents.reading import caps, pages
from samspel.kernel.documents.reading.caps import Unreadable
from samspel.kernel.documents.reading.pages import resolved
from samspel.kernel.documents.reading.texts import text_of

_INHERITED: Final = ("/FT", "/Ff", "/V", "/Opt")
_PUSH_BUTTON: Final = 1 << 16


@dataclass(frozen=True)
class FoundField:
    """One field with the widgets it stands in. of: /FT, /Ff, /V and /Opt, its own or its parents'."""

    name: str
    of: dict[str, Any]
    widgets: tuple[DictionaryObject, ...]

    @property
    def kind(self) -> str:
        """Tx, Btn, Ch or Sig."""
        return text_of(self.of.get("/FT"))

    @property
    def is_signed(self) -> bool:
        """Whether it is a signature that somebody made."""
        return self.kind == "Sig" and not isinstance(self.of.get("/V"), NullObject | None)


def form_of(root: Any) -> DictionaryObject | None:
    """The form of a PDF, None if it has none."""
    form = resolved(root.get("/AcroForm"))
    return form if isinstance(form, DictionaryObject) else None


def of(form: DictionaryObject | None, sheets: list[DictionaryObject]) -> list[FoundField]:
    """Every field, those first that the form itself lists. Raises Unreadable("no_fields").

    Some readers lose the list of the form when they save, and leave the fields on the pages: they are read there.
    """
    listed = resolved(form.get("/Fields")) if form is not None else None
    seen: set[int] = set()
    found = [each for top in (listed if isinstance(listed, ArrayObject) else []) for each in _below(top, seen)]
    for sheet in sheets:
        for widget in pages.annotations(sheet):
            if text_of(widget.get("/Subtype")) == "Widget" and id(widget) not in seen:
                found += _below(_top_of(widget, seen), seen)
    if not any(each.kind != "Sig" for each in found):
        raise Unreadable("no_fields")
    return found


def texts(found: list[FoundField]) -> dict[str, str | list[str]]:
    """Full name to what each field says. Raises Unreadable("duplicate_names") where two of a name say otherwise."""
    said: dict[str, str | list[str]] = {}
    size = 0
    for each in found:
        if each.kind == "Sig" or (each.kind == "Btn" and _flags(each) & _PUSH_BUTTON):
            continue
        value = _value(each)
        if said.setdefault(each.name, value) != value:
            raise Unreadable("duplicate_names")
        size += len(each.name) + (len(value) if isinstance(value, str) else sum(map(len, value)))
        if size > caps.MOST_TEXT:
            raise Unreadable("too_heavy")
    if not said:
        raise Unreadable("no_fields")
    return said


def _top_of(widget: DictionaryObject, seen: set[int]) -> DictionaryObject:
    """The highest parent of a widget that no list named."""
    node = widget
    for _ in range(caps.DEEPEST):
        parent = resolved(node.get("/Parent"))
        if not isinstance(parent, DictionaryObject) or id(parent) in seen:
            return node
        node = parent
    raise Unreadable("damaged")


def _below(top: Any, seen: set[int]) -> Iterator[FoundField]:
    """The fields of a branch of the tree, in order."""
    waiting: list[tuple[Any, str, dict[str, Any], int]] = [(top, "", {}, 0)]
    while waiting:
        node, name, above, depth = waiting.pop()
        node = resolved(node)
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        if depth > caps.DEEPEST or len(seen) >= caps.MOST_FIELDS:
            raise Unreadable("too_heavy")
        seen.add(id(node))
        own = text_of(node.get("/T"))
        name = f"{name}.{own}" if name and own else name or own
        here = {**above, **{key: resolved(node[key]) for key in _INHERITED if key in node}}
        kids = _kids(node)
        fields = [kid for kid in kids if "/T" in kid]
        if fields:
            waiting += [(kid, name, here, depth + 1) for kid in reversed(fields)]
        elif name:
            seen.update(id(kid) for kid in kids)
            yield FoundField(name, here, tuple(kids) or (node,))


def _kids(node: DictionaryObject) -> list[DictionaryObject]:
    kids = resolved(node.get("/Kids"))
    if not isinstance(kids, ArrayObject):
        return []
    if len(kids) > caps.MOST_FIELDS:
        raise Unreadable("too_heavy")
    return [kid for kid in map(resolved, kids) if isinstance(kid, DictionaryObject)]


def _flags(field: FoundField) -> int:
    flags = field.of.get("/Ff")
    return int(flags) if isinstance(flags, NumberObject) else 0


def _value(field: FoundField) -> str | list[str]:
    if field.kind == "Btn":
        return _state(field)
    value = field.of.get("/V")
    if isinstance(value, ArrayObject):
        return [_chosen(field, text_of(each)) for each in value]
    return _chosen(field, text_of(value))


def _chosen(field: FoundField, text: str) -> str:
    """What is chosen in a list, as the form knows it: some programs write what is shown instead."""
    options = field.of.get("/Opt")
    if field.kind != "Ch" or not isinstance(options, ArrayObject):
        return text
    pairs = [each for each in map(resolved, options) if isinstance(each, ArrayObject) and len(each) == 2]
    known = {text_of(pair[0]) for pair in pairs}
    shown = [text_of(pair[0]) for pair in pairs if text_of(pair[1]) == text]
    return shown[0] if text not in known and len(shown) == 1 else text


def _state(field: FoundField) -> str:
    """Which state a box or group is in. What the field says goes before what its widgets look like: a reader that
    shows the form may have drawn them before or after."""
    value = field.of.get("/V")
    state = text_of(value) if value is not None else _shown_state(field)
    if state in ("", "Off"):
        return ""
    names = field.of.get("/Opt")
    # Some programs number the states and keep their names apart.
    if isinstance(names, ArrayObject) and state.isascii() and state.isdigit() and int(state) < len(names):
        return text_of(names[int(state)]) or state
    return state


def _shown_state(field: FoundField) -> str:
    for widget in field.widgets:
        state = resolved(widget.get("/AS"))
        if isinstance(state, NameObject) and state != "/Off":
            return text_of(state)
    return ""
