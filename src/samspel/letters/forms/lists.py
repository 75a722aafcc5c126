"""Named lists: what one is called and for, and who is put on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ListForm(forms.Form):
    """Name, purpose, and the day it is looked through."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Say what it is called.")})
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The people on it can read this: it says why their addresses are kept."),
        error_messages={"required": _("Say what it is for.")},
    )
    review_on = forms.DateField(
        label=_("Look it through by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Within a year. If nobody has by then said that it is still needed, it is emptied."),
        error_messages={"required": _("Say which day."), "invalid": _("Write a day as 2026-11-21.")},
    )


class AddForm(forms.Form):
    """Those who are put on a list."""

    pasted = forms.CharField(
        label=_("Add"),
        max_length=300_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One on each line: a mail address, with a name if you like, "
            "or an organizer by its name or organization number."
        ),
        error_messages={"required": _("Write at least one line.")},
    )


class RemoveForm(forms.Form):
    """Those who are taken off it."""

    rows = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={"required": _("Tick those to take off."), "invalid_choice": _("That one is not on the list.")},
    )

    def __init__(self, *args: Any, rows: list[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["rows"].choices = [(str(pk), str(pk)) for pk in rows]
