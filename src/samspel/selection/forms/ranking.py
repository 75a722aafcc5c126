"""Filters of the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.kernel.values.sorting import search_key
from samspel.selection.queries import words
from samspel.selection.queries.ranking import Row


class RankingFilter(forms.Form):
    """Who is shown: by name or number, county, stratum and what came of it."""

    q = forms.CharField(label=_("Name or organization number"), required=False, max_length=100)
    county = forms.ChoiceField(label=_("County"), required=False)
    stratum = forms.ChoiceField(label=_("Stratum"), required=False)
    standing = forms.ChoiceField(label=_("What came of it"), required=False)

    def __init__(self, data: Any, rows: Sequence[Row]) -> None:
        super().__init__(data)
        every = [("", _("All"))]
        counties = sorted({(row.county_code, row.county) for row in rows if row.county})
        self.fields["county"].choices = every + counties
        self.fields["stratum"].choices = every + [(name, name) for name in sorted({row.stratum for row in rows})]
        there = {row.standing for row in rows}
        self.fields["standing"].choices = every + [
            (code, name) for code, name in words.STANDINGS.items() if code in there
        ]

    def of(self, rows: Iterable[Row]) -> list[Row]:
        """Those of the rows that were asked for; what was asked for wrongly counts as not asked."""
        asked = self.cleaned_data if self.is_valid() else {}
        wanted = search_key(asked.get("q", ""))
        digits = "".join(letter for letter in asked.get("q", "") if letter.isdigit())
        return [
            row
            for row in rows
            if (not wanted or wanted in row.search_key or (digits and digits in row.number))
            and asked.get("county", "") in ("", row.county_code)
            and asked.get("stratum", "") in ("", row.stratum)
            and asked.get("standing", "") in ("", row.standing)
        ]
