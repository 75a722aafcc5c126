"""The forms of the own account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class LanguageForm(forms.Form):
    """In which language she gets her mail."""

    language = forms.ChoiceField(label=_("Language of your mail"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
