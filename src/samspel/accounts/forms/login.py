"""The forms of login."""

from __future__ import annotations

from allauth.account.fields import EmailField
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(RequestLoginCodeForm):
    """To which address the code shall go."""

    email = EmailField(
        label=_("Your mail address"),
        help_text=_("The address that you are known by in the programme, usually the one at work."),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email", "spellcheck": "false"}),
    )


class CodeForm(ConfirmLoginCodeForm):
    """The code from the mail."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Eight digits. It does not matter whether you write the hyphen."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "input", "autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class DemoForm(forms.Form):
    """As whom to log in, in a demo."""

    email = forms.EmailField()
