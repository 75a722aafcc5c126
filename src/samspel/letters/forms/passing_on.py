"""What somebody says when she passes a letter on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.letters.operations.passing_on import LONGEST


class PassOnForm(forms.Form):
    """A greeting."""

    greeting = forms.CharField(
        label=_("Your greeting"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Stands first in the mail, under your name. It may be left empty."),
    )
