"""How a field looks with its value, drawn by us: no viewer has to guess, and a printout shows what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from samspel.kernel.documents.fillable.fonts import LEADING, SIZE, FieldFont, metrics, width_of

_EDGE: Final = 3.0
_CROSS: Final = b"q 1.4 w 0 G 1 J %.2f %.2f m %.2f %.2f l %.2f %.2f l S Q"


class Appearances:
    """The appearances of one document. Empty ones of the same size are one and the same."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.font = FieldFont()
        self.fonts = pdf.make_indirect(Dictionary())
        self._resources = pdf.make_indirect(Dictionary(Font=self.fonts))
        self._same: dict[tuple[float, float, bytes], pikepdf.Object] = {}

    def text(self, width: float, height: float, value: str, *, is_multiline: bool) -> pikepdf.Object:
        """A text field: one line in the middle, or lines from the top, cut at the edge."""
        lines = wrapped(value, width - 2 * _EDGE) if is_multiline else iter([value.replace("\n", " ")])
        cap = metrics()["cap_height"] * SIZE / 1000
        top = height - _EDGE - metrics()["ascent"] * SIZE / 1000 if is_multiline else (height - cap) / 2
        shown = islice(lines, int(height / LEADING) + 1) if value else ()
        body = b"".join(self._line(line, top - LEADING * place) for place, line in enumerate(shown))
        if not body:
            return self._form(width, height, b"/Tx BMC EMC")
        clip = b"1 1 %.2f %.2f re W n" % (width - 2, height - 2)
        return self._form(width, height, b"/Tx BMC q %s BT 0 g %s ET Q EMC" % (clip, body))

    def tick(self, width: float, height: float) -> pikepdf.Object:
        """A tick."""
        parts = (0.22, 0.52, 0.42, 0.28, 0.8, 0.76)
        points = [part * (width, height)[place % 2] for place, part in enumerate(parts)]
        return self._form(width, height, _CROSS % tuple(points))

    def dot(self, width: float, height: float) -> pikepdf.Object:
        """A dot in the middle: a circle of four arcs."""
        return self._form(width, height, b"q 0 g %s f Q" % _circle(width / 2, height / 2, min(width, height) * 0.26))

    def nothing(self, width: float, height: float) -> pikepdf.Object:
        """A button that is off: what is drawn beneath it says where it is."""
        return self._form(width, height, b"")

    def finish(self) -> pikepdf.Object:
        """The fonts, when everything is drawn."""
        for name, font in self.font.resources(self.pdf).items():
            self.fonts[name] = font
        return self.fonts

    def _line(self, line: str, y: float) -> bytes:
        name, written = self.font.written(line)
        return b"%s %g Tf 1 0 0 1 %.2f %.2f Tm %s Tj " % (name.encode(), SIZE, _EDGE, y, written)

    def _form(self, width: float, height: float, content: bytes) -> pikepdf.Object:
        key = round(width, 2), round(height, 2), content
        if key not in self._same:
            self._same[key] = self.pdf.make_stream(
                content,
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, 0, key[0], key[1]]),
                Resources=self._resources,
            )
        return self._same[key]


def wrapped(text: str, width: float) -> Iterator[str]:
    """A text in lines no wider than so many points, broken at spaces; a word that is wider stands alone."""
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for word in paragraph.split(" "):
            needed = width_of(word)
            if line and used + width_of(" ") + needed > width:
                yield line
                line, used = word, needed
            else:
                line, used = (f"{line} {word}", used + width_of(" ") + needed) if line else (word, needed)
        yield line


def _circle(x: float, y: float, radius: float) -> bytes:
    reach = radius * 0.5523
    return (
        b"%.2f %.2f m " % (x + radius, y)
        + _arc(x + radius, y + reach, x + reach, y + radius, x, y + radius)
        + _arc(x - reach, y + radius, x - radius, y + reach, x - radius, y)
        + _arc(x - radius, y - reach, x - reach, y - radius, x, y - radius)
        + _arc(x + reach, y - radius, x + radius, y - reach, x + radius, y)
    )


def _arc(*points: float) -> bytes:
    return b"%.2f %.2f %.2f %.2f %.2f %.2f c " % points
