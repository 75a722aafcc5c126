"""What a field is to be, said without any PDF in hand: pages that lay a form out need no PDF library for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from samspel.kernel.documents import DocumentNotMade

Kind = Literal["text", "multiline", "checkbox", "radio", "choice"]
READ_ONLY, _REQUIRED, _MULTILINE, _RADIO, _COMBO = 1, 1 << 1, 1 << 12, 1 << 15, 1 << 17
_FLAGS: Final = {"text": 0, "multiline": _MULTILINE, "checkbox": 0, "radio": _RADIO, "choice": _COMBO}


@dataclass(frozen=True)
class FieldSpec:
    """A field of a form. name: without dots, as it is read back; the template draws a figure of that id, and for a
    radio one for each option, `name=option`.

    label: what it asks, as a screen reader says it; value: text, an option's key, or anything for a tick;
    max_length: in characters; options: (key, words) of radio and choice, keys of letters, digits and underscores.
    """

    name: str
    kind: Kind
    label: str
    value: str = ""
    max_length: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    is_read_only: bool = False

    @property
    def figures(self) -> dict[str, str]:
        """Figure's id to the option it stands for (or nothing)."""
        if self.kind == "radio":
            return {f"{self.name}={key}": key for key, _words in self.options}
        return {self.name: ""}

    @property
    def flags(self) -> int:
        """As a PDF writes them."""
        return _FLAGS[self.kind] | self.is_read_only * READ_ONLY | self.is_required * _REQUIRED


class FieldsDiffer(DocumentNotMade):
    """The template draws other fields than those said: a fault of ours."""
