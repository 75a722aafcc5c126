"""The forms of the own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspel.accounts.rules.words import LONGEST_NAME, LONGEST_PHONE


def text_field(label: Any, longest: int, autocomplete: str, **rest: Any) -> forms.CharField:
    """One line of text about a person, filled in by the browser where it knows."""
    attrs = {"class": "input", "autocomplete": autocomplete}
    return forms.CharField(label=label, max_length=longest, widget=forms.TextInput(attrs=attrs), **rest)


class AccountForm(forms.Form):
    """Name, telephone, and in which language she gets her mail."""

    name = text_field(_("Name"), LONGEST_NAME, "name")
    phone = text_field(
        _("Telephone"), LONGEST_PHONE, "tel", required=False, help_text=_("As 070-123 45 67 or +46 70 123 45 67.")
    )
    language = forms.ChoiceField(label=_("Language of your mail"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class AddressForm(forms.Form):
    """The mail address she wants to be known by."""

    email = forms.EmailField(
        label=_("New mail address"),
        help_text=_("A code is sent there, which shows that the address is yours."),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """The code from the mail to the new address."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Eight digits. It does not matter whether you write the hyphen."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "input", "autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )
