"""The options of a question or column, in rows: place, Swedish, English. An emptied row is an option taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.forms.forms.definitions.fields import initial_words
from samspel.forms.rules import drafting

MOST: Final = 100


def option_fields(rows: int) -> dict[str, forms.Field]:
    """Fields for that many options."""
    found: dict[str, forms.Field] = {}
    for row in range(rows):
        found |= {
            f"option_{row}_key": forms.CharField(widget=forms.HiddenInput, required=False, max_length=60),
            f"option_{row}_place": forms.IntegerField(
                label=pgettext_lazy("in an order", "Place"),
                required=False,
                min_value=-999,
                max_value=999,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
            ),
            f"option_{row}_sv": forms.CharField(label=_("Option in Swedish"), required=False, max_length=500),
            f"option_{row}_en": forms.CharField(label=_("Option in English"), required=False, max_length=500),
        }
    return found


def rows_in(data: Mapping[str, Any]) -> int:
    """How many options what was sent speaks of."""
    found = 0
    while found < MOST and f"option_{found}_sv" in data:
        found += 1
    return found


def initial_options(options: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What stands in the rows."""
    found: dict[str, Any] = {}
    for row, option in enumerate(options):
        words = initial_words(option, "label")
        found |= {
            f"option_{row}_key": option.get("key", ""),
            f"option_{row}_place": row + 1,
            f"option_{row}_sv": words["label_sv"],
            f"option_{row}_en": words["label_en"],
        }
    return found


def options_from(given: Mapping[str, Any], rows: int) -> list[dict[str, Any]]:
    """The options as written, in the order of their places; a new one gets a key made of its Swedish words."""
    written = []
    taken: set[str] = {given[f"option_{row}_key"] for row in range(rows) if given.get(f"option_{row}_key")}
    for row in range(rows):
        swedish = (given.get(f"option_{row}_sv") or "").strip()
        if not swedish:
            continue
        key = given.get(f"option_{row}_key") or drafting.key_for(swedish, taken)
        taken.add(key)
        english = (given.get(f"option_{row}_en") or "").strip()
        label = {"sv": swedish} | ({"en": english} if english else {})
        place = given.get(f"option_{row}_place")
        written.append((row + 1 if place is None else place, row, {"key": key, "label": label}))
    return [option for _place, _row, option in sorted(written, key=lambda each: each[:2])]
