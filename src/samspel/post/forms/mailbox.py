"""What one looks for in the demo's mailbox."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Words that all stand in the mail."""

    sok = forms.CharField(
        label=_("Search in subject, receiver and words"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "type": "search"}),
    )
