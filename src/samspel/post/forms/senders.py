"""The form of a sender."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

_LINE = {"class": "input", "spellcheck": "false"}


class SenderForm(forms.Form):
    """Name, addresses and look; what they may be is the operation's to say."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("Stands before the address, and at the top of the mail."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "organization"}),
    )
    from_address = forms.CharField(
        label=_("Address it comes from"),
        max_length=254,
        widget=forms.TextInput(attrs={**_LINE, "inputmode": "email"}),
    )
    reply_to = forms.CharField(
        label=_("Address that answers go to"),
        max_length=254,
        help_text=_("One that people read."),
        widget=forms.TextInput(attrs={**_LINE, "inputmode": "email"}),
    )
    colour = forms.CharField(
        label=_("Colour"),
        max_length=7,
        help_text=_("Behind white words at the top and on buttons: as #1b4b66."),
        widget=forms.TextInput(attrs={**_LINE, "class": "input input--short"}),
    )
    signature = forms.CharField(
        label=_("At the foot"),
        max_length=300,
        required=False,
        help_text=_("Who sends, and where one reaches you."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )
