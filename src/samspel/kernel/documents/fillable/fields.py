"""The fields themselves: one of each name, with a widget wherever it is drawn."""

from __future__ import annotations

from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from samspel.kernel.documents.fillable.appearances import Appearances
from samspel.kernel.documents.fillable.fonts import SIMPLE, SIZE
from samspel.kernel.documents.fillable.specs import READ_ONLY, FieldSpec
from samspel.kernel.documents.fillable.tags import Place

ON: Final = "/Yes"
OFF: Final = "/Off"
_TYPES: Final = {"text": "/Tx", "multiline": "/Tx", "checkbox": "/Btn", "radio": "/Btn", "choice": "/Ch"}
_HIDDEN, _PRINTED = 1 << 1, 1 << 2


class Fields:
    """Builds the fields of one document."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.looks = Appearances(pdf)
        self._groups: dict[str, Any] = {}
        self._lists: dict[tuple[tuple[str, str], ...], Any] = {}
        self.tops: list[Any] = []

    def widget(self, spec: FieldSpec, option: str, place: Place, page: Any) -> Any:
        """The widget of a field where it is drawn."""
        widget = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=Array([round(edge, 3) for edge in place.box]), F=_PRINTED, P=page
        )
        if spec.kind == "radio":
            return self._button(spec, option, place, widget)
        self._say(widget, spec)
        getattr(self, f"_{spec.kind}")(spec, place, widget)
        made = self.pdf.make_indirect(widget)
        self.tops.append(made)
        return made

    def hide(self, name: str, value: str, page: Any) -> Any:
        """A field that is carried along and never seen; parts of its name stand between dots."""
        group, _, own = name.rpartition(".")
        widget = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=Array([0, 0, 0, 0]), F=_HIDDEN, P=page, FT=Name.Tx
        )
        _put(widget, T=String(own), TU=String(name), V=String(value), Ff=READ_ONLY, DA=self._writes_with())
        made = self.pdf.make_indirect(widget)
        self._hang(group, made)
        return made

    def finish(self) -> Any:
        """The form, when every field is made."""
        return Dictionary(Fields=Array(self.tops), DR=Dictionary(Font=self.looks.finish()), DA=self._writes_with())

    def _hang(self, group: str, made: Any) -> None:
        if not group:
            self.tops.append(made)
            return
        if group not in self._groups:
            self._groups[group] = self.pdf.make_indirect(Dictionary(T=String(group), Kids=Array()))
            self.tops.append(self._groups[group])
        made["/Parent"] = self._groups[group]
        self._groups[group]["/Kids"].append(made)

    def _say(self, field: Any, spec: FieldSpec) -> None:
        _put(field, FT=Name(_TYPES[spec.kind]), T=String(spec.name), TU=String(spec.label), Ff=spec.flags)

    def _writes_with(self) -> String:
        return String(f"{SIMPLE} {SIZE:g} Tf 0 g")

    def _text(self, spec: FieldSpec, place: Place, widget: Any) -> None:
        look = self.looks.text(place.width, place.height, spec.value, is_multiline=spec.kind == "multiline")
        _put(widget, V=String(spec.value), DA=self._writes_with(), AP=Dictionary(N=look))
        if spec.max_length:
            widget["/MaxLen"] = max(spec.max_length, len(spec.value))

    _multiline = _text

    def _choice(self, spec: FieldSpec, place: Place, widget: Any) -> None:
        words = dict(spec.options).get(spec.value, spec.value)
        _put(
            widget,
            V=String(spec.value),
            Opt=self._options(spec.options),
            DA=self._writes_with(),
            AP=Dictionary(N=self.looks.text(place.width, place.height, words, is_multiline=False)),
        )

    def _options(self, options: tuple[tuple[str, str], ...]) -> Any:
        """What a list holds, written once however many fields choose in it; first nothing, so that one can undo."""
        if options not in self._lists:
            pairs = [Array([String(key), String(words)]) for key, words in (("", " "), *options)]
            self._lists[options] = self.pdf.make_indirect(Array(pairs))
        return self._lists[options]

    def _checkbox(self, spec: FieldSpec, place: Place, widget: Any) -> None:
        state = Name(ON if spec.value else OFF)
        states = Dictionary({ON: self.looks.tick(*_size(place)), OFF: self.looks.nothing(*_size(place))})
        _put(widget, V=state, AS=state, AP=Dictionary(N=states))

    def _button(self, spec: FieldSpec, option: str, place: Place, widget: Any) -> Any:
        """One button of a radio: the field itself is above its buttons and has no place."""
        field = self._groups.get(f"={spec.name}")
        if field is None:
            field = Dictionary(V=Name("/" + spec.value if spec.value else OFF), Kids=Array())
            self._say(field, spec)
            field = self._groups[f"={spec.name}"] = self.pdf.make_indirect(field)
            self.tops.append(field)
        key = "/" + option
        states = Dictionary({key: self.looks.dot(*_size(place)), OFF: self.looks.nothing(*_size(place))})
        label = f"{spec.label}: {dict(spec.options)[option]}"
        state = Name(key if option == spec.value else OFF)
        _put(widget, Parent=field, TU=String(label), AS=state, AP=Dictionary(N=states))
        made = self.pdf.make_indirect(widget)
        field["/Kids"].append(made)
        return made


def _size(place: Place) -> tuple[float, float]:
    return place.width, place.height


def _put(into: Any, **entries: Any) -> None:
    for key, value in entries.items():
        into[f"/{key}"] = value
