"""Invented examples of every component, for the gallery page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict

from samspel.kernel.ui.gallery import pictures, rows, words
from samspel.kernel.ui.gallery.forms import ExampleForm

DAY = date(2026, 3, 3)
MOMENT = datetime(2026, 3, 3, 14, 5, tzinfo=ZoneInfo("Europe/Stockholm"))


def gallery(params: QueryDict) -> dict[str, Any]:
    """What the gallery's template shows."""
    return {
        "crumbs": words.crumbs(),
        "facts": words.facts(),
        "key_figures": words.key_figures(),
        "cards": words.cards(),
        "downloads": words.downloads(),
        "steps": words.steps(),
        "history": words.history(MOMENT),
        "marks": rows.marks(),
        "units": rows.table(params),
        "nothing": rows.empty_table(params),
        "bars": pictures.bars(),
        "lines": pictures.lines(),
        "form": ExampleForm(),
        "wrong_form": ExampleForm({"wrong-pupils": "-4", "wrong-mail": "anna"}, prefix="wrong"),
        "day": DAY,
        "moment": MOMENT,
    }
