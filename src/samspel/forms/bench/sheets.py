"""What a fillable PDF costs beside its floor: the same pages, frames and all, set by Typst without one field."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.utils.translation import override

from samspel.forms.models import Version
from samspel.forms.queries.definitions import shipped_documents
from samspel.forms.queries.sheets import filling
from samspel.forms.queries.sheets.layout import Layout
from samspel.forms.queries.sheets.parts import Registers
from samspel.forms.rules import definitions
from samspel.forms.rules.definitions import Definition, Type
from samspel.forms.rules.sheets.plan import Given
from samspel.kernel.documents import typeset
from samspel.kernel.documents.fillable import fillable
from samspel.kernel.values.benches import BenchRow

ROUNDS = 6
FORM = "nulagesanalys-huvudman"
GOAL = "at most 2"
_WORDS = "Skolorna har kommit olika långt, och förutsättningarna skiljer sig mellan dem. " * 4


def rows() -> list[BenchRow]:
    """CPU of one of the longest forms as a sheet with every text filled in, beside the same pages without fields."""
    with override("sv"):
        spent, floor = _least(_sheet, _page)
        count = len(_ready(0).fields)
    row = f"a fillable PDF of {count} fields", f"{spent * 1000:.0f} ms", f"{floor * 1000:.0f} ms Typst"
    return [BenchRow(*row, spent / floor, GOAL)]


def _sheet(number: int) -> Callable[[], Any]:
    definition = _definition()

    def deed() -> None:
        made = _ready(number, definition)
        fillable(filling.TEMPLATE, made.data, "sv", fields=made.fields, hidden=made.hidden)

    return deed


def _page(number: int) -> Callable[[], Any]:
    data = _ready(-number - 1).data
    return lambda: typeset(filling.TEMPLATE, data, "sv", standards=["ua-1"])


def _ready(number: int, definition: Definition | None = None) -> filling.Ready:
    """A sheet before it is set. Typst remembers what it has set, so each differs from all before it."""
    definition = definition or _definition()
    front = {"facts": [["", str(number)]], "notice": "", "steps": [], "address": ""}
    layout = Layout(definition, Given(_fields(definition, number), "sv"), Registers({}, {}))
    return filling.ready(layout, Version(digest="0" * 64, number=1), front, "")


def _definition() -> Definition:
    return definitions.read(next(each for each in shipped_documents() if each["slug"] == FORM))


def _fields(definition: Definition, number: int) -> dict[str, Any]:
    texts, words = (Type.SHORT_TEXT, Type.LONG_TEXT), f"{number} {_WORDS}"
    found: dict[str, Any] = {key: words for key, each in definition.questions.items() if each.type in texts}
    for key, each in definition.questions.items():
        for place in range(each.pdf_rows if each.type == Type.ROWS else 0):
            found[f"{key}/r{place}"] = place
            found |= {f"{key}/r{place}/{cell.key}": words[:60] for cell in each.columns if cell.type in texts}
    return found


def _least(*deeds: Callable[[int], Callable[[], None]]) -> list[float]:
    """Seconds of this process' CPU for each, the least of some rounds in turn, after one that warms up."""
    rounds = [[_spent(deed(number)) for deed in deeds] for number in range(ROUNDS + 1)]
    return [min(each) for each in zip(*rounds[1:], strict=True)]


def _spent(deed: Callable[[], None]) -> float:
    begun = time.process_time()
    deed()
    return time.process_time() - begun
