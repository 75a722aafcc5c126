"""The form that takes a list of people in: pasted, or as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PeopleForm(forms.Form):
    """One of the two; where, for who runs a single organization."""

    text = forms.CharField(
        label=_("Paste rows"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("Straight from a spreadsheet, headings first. Tab, semicolon or comma between the cells."),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        allow_empty_file=True,
        max_length=None,
        help_text=_("CSV or XLSX, at most 2 000 rows and 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        typed = super().clean() or {}
        has_text, has_file = bool(typed.get("text", "").strip()), typed.get("file") is not None
        if has_text == has_file and not self.errors:
            raise forms.ValidationError(
                _("Paste rows or choose a file, not both.") if has_text else _("Paste rows, or choose a file.")
            )
        return typed
