"""Forms of the pages where a filled PDF is handed in and gone through."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.forms.models import Answer


class HandInForm(forms.Form):
    """The filled PDF."""

    file = forms.FileField(
        label=_("The filled PDF"),
        max_length=None,
        allow_empty_file=True,
        help_text=_("The PDF that you downloaded here and saved with your answers in it, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": _("Choose the filled PDF.")},
    )


class MailedForm(forms.Form):
    """Which answer a mailed PDF belongs to, where the file does not say so itself."""

    answer = forms.ChoiceField(
        label=_("Whose form it is"),
        help_text=_("The PDF was downloaded as a blank, so it does not say whose it is."),
        error_messages={
            "required": _("Choose whose form it is."),
            "invalid_choice": _("Choose one of those listed."),
        },
    )

    def __init__(self, *args: Any, choices: list[tuple[Answer, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.answers = {str(answer.key): answer for answer, _name in choices}
        listed = [(str(answer.key), name) for answer, name in choices]
        self.fields["answer"].choices = [("", _("Choose")), *listed]  # type: ignore[attr-defined]

    def chosen(self) -> Answer:
        """The answer, of a form that is valid."""
        return self.answers[self.cleaned_data["answer"]]
