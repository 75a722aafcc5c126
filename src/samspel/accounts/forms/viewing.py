"""The forms of looking at pages as another: whom, and why."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.accounts.rules.viewing import CHECK, FAULT, HELP

REASON_NAMES = [
    (HELP, _("She asked for help with what she sees")),
    (FAULT, _("A fault is being looked into")),
    (CHECK, _("Permissions are being checked")),
]


class SoughtForm(forms.Form):
    """Whose pages."""

    q = forms.CharField(
        label=_("Name or mail address"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
    )


class ChosenForm(forms.Form):
    """The person that was chosen, as an address carries her."""

    person = forms.UUIDField()


class LookForm(forms.Form):
    """As whom to look, and why."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why you need to look"),
        help_text=_("The reason and every page you look at are written down, and she can be told of them."),
        choices=REASON_NAMES,
        widget=forms.RadioSelect,
    )
