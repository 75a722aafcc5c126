"""The font that is typed with: a part of Inter (`inter-fields.cff`, Latin letters and signs), embedded in each form.

Two simple font dictionaries share the one program. One has the encoding that a viewer writes new text with (WinAnsi);
the other is filled as letters come that WinAnsi lacks (Sami, Polish, Romanian …), for the values that hold them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

SIZE: Final = 10.0
LEADING: Final = 12.0
SIMPLE: Final = "/InterField"
WIDE: Final = "/InterFieldWide"
_HERE: Final = Path(__file__).resolve().parent
_MISSING: Final = "\u25a1"
_NON_SYMBOLIC: Final = 32
_CODES: Final = 255


@cache
def metrics() -> dict[str, Any]:
    """What the font says of itself, in thousandths of the size: ascent, descent, cap_height, bbox, glyphs."""
    found: dict[str, Any] = json.loads((_HERE / "inter-fields.json").read_text())
    return found


@cache
def _glyphs() -> dict[str, tuple[str, float]]:
    """Sign to (name of its glyph, width in thousandths of the size)."""
    return {chr(int(point)): (name, width) for point, (name, width) in metrics()["glyphs"].items()}


def width_of(text: str) -> float:
    """How wide a line of text is, in points."""
    glyphs, missing = _glyphs(), _glyphs()[_MISSING]
    return sum(glyphs.get(sign, missing)[1] for sign in text) * SIZE / 1000


class FieldFont:
    """The font in one form: what was written with it decides what its wide part holds."""

    def __init__(self) -> None:
        self._wide: dict[str, int] = {}

    def written(self, line: str) -> tuple[str, bytes]:
        """(name of the font, the line as a string of a content stream)."""
        text = "".join(sign if sign in _glyphs() else _MISSING for sign in line)
        try:
            return SIMPLE, _hexadecimal(text.encode("cp1252"))
        except UnicodeEncodeError:
            return WIDE, _hexadecimal(bytes(self._code(sign) for sign in text))

    def resources(self, pdf: pikepdf.Pdf) -> Dictionary:
        """The fonts by name, made in the document after everything was written."""
        program = pdf.make_stream((_HERE / "inter-fields.cff").read_bytes(), Subtype=Name.Type1C)
        descriptor = pdf.make_indirect(_descriptor(program))
        simple = [_signs_of(code) for code in range(256)]
        fonts = {SIMPLE: _simple(descriptor, simple, Name.WinAnsiEncoding)}
        if self._wide:
            wide = ["", *self._wide]
            names = Array([1, *(Name("/" + _glyphs()[sign][0]) for sign in self._wide)])
            fonts[WIDE] = _simple(descriptor, wide, Dictionary(Type=Name.Encoding, Differences=names))
        return Dictionary({name: pdf.make_indirect(font) for name, font in fonts.items()})

    def _code(self, sign: str) -> int:
        if sign not in self._wide and len(self._wide) >= _CODES - 1:
            sign = _MISSING
        return self._wide.setdefault(sign, len(self._wide) + 1)


def _signs_of(code: int) -> str:
    return bytes([code]).decode("cp1252", "ignore") if code >= 32 else ""


def _hexadecimal(encoded: bytes) -> bytes:
    return b"<" + encoded.hex().encode() + b">"


def _simple(descriptor: Dictionary, signs: list[str], encoding: Any) -> Dictionary:
    widths = [_glyphs()[sign][1] if sign in _glyphs() else 0 for sign in signs]
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name("/" + metrics()["name"]),
        FirstChar=0,
        LastChar=len(signs) - 1,
        Widths=Array(widths),
        FontDescriptor=descriptor,
        Encoding=encoding,
    )


def _descriptor(program: pikepdf.Stream) -> Dictionary:
    known = metrics()
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + known["name"]),
        Flags=_NON_SYMBOLIC,
        FontBBox=Array(known["bbox"]),
        ItalicAngle=0,
        Ascent=known["ascent"],
        Descent=known["descent"],
        CapHeight=known["cap_height"],
        StemV=80,
        FontFile3=program,
    )
