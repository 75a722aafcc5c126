"""The forms around passkeys, apps with codes and recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A code from an app is right for three half minutes (MFA_TOTP_TOLERANCE); it lets in once.
CODE_LIVES = 2 * 60  # seconds
# What reading a browser's answer may raise when somebody wrote it by hand.
ODD = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError)

_CODE = {
    "max_length": 40,
    "widget": forms.TextInput(
        attrs={"class": "input", "autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    ),
}


class _OddIsWrong:
    """A browser's answer that cannot be read is a wrong one, not an error of ours."""

    def _clean_fields(self) -> None:
        self._in_words(super()._clean_fields)  # type: ignore[misc]

    def _clean_form(self) -> None:
        self._in_words(super()._clean_form)  # type: ignore[misc]

    def _in_words(self, clean: Any) -> None:
        try:
            clean()
        except ODD:
            sentence = _("Your browser's answer could not be read. Try again.")
            self.add_error("credential", ValidationError(sentence))  # type: ignore[attr-defined]


class _CodeOnce:
    """A code from an app is taken once, for as long as it would be right."""

    def clean_code(self) -> str:
        code = super().clean_code()  # type: ignore[misc]
        key = f"accounts.code-taken:{self.user.pk}:{normalize_user_code(code)}"  # type: ignore[attr-defined]
        if not cache.add(key, True, CODE_LIVES):
            raise ValidationError(_("That code has been used. Wait for the next one."), code="used")
        return code


class SecondFactorForm(_CodeOnce, AuthenticateForm):
    """At login, after the first step: a code from the app, or one of the recovery codes."""

    code = forms.CharField(
        label=_("The code from your app"), help_text=_("Six digits, or one of your recovery codes."), **_CODE
    )


class ConfirmByAppForm(_CodeOnce, ReauthenticateForm):
    """Within a session: a code from the app, or one of the recovery codes."""

    code = forms.CharField(
        label=_("The code from your app"), help_text=_("Six digits, or one of your recovery codes."), **_CODE
    )


class ConfirmByMailForm(forms.Form):
    """Within a session: the code that was sent to her address."""

    code = forms.CharField(label=_("The code in the mail"), help_text=_("Eight digits."), **_CODE)


class SetUpAppForm(ActivateTOTPForm):
    """The app shows a first code, and so has understood."""

    code = forms.CharField(label=_("The code that the app shows"), help_text=_("Six digits."), **_CODE)


class AddPasskeyForm(_OddIsWrong, AddWebAuthnForm):
    """A passkey always knows its owner: by finger, face or number."""

    name = forms.CharField(
        label=_("What you call it"),
        help_text=_("So that you know which it is: the telephone, the work computer."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """allauth's; whatever the page said, the browser must have checked who holds it."""
        self.cleaned_data["passwordless"] = True
        return super().clean()


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(
        label=_("What you call it"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )


class LoginByPasskeyForm(_OddIsWrong, LoginWebAuthnForm):
    """A passkey in place of a code by mail."""


class SecondFactorPasskeyForm(_OddIsWrong, AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class ConfirmByPasskeyForm(_OddIsWrong, ReauthenticateWebAuthnForm):
    """A passkey within a session."""
