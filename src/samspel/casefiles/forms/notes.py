"""The form of a file note: all is filled in but what was said and by whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.casefiles.forms.documents import TitleWarning
from samspel.casefiles.forms.fields import day, lines
from samspel.casefiles.models import Channel


class NoteForm(TitleWarning):
    """What was said, by whom, when and how."""

    words = forms.CharField(
        label=_("What was said"),
        widget=lines(6),
        max_length=20_000,
        error_messages={"required": _("Write what was said.")},
    )
    said_by = forms.CharField(
        label=_("Who you spoke with"),
        max_length=200,
        error_messages={"required": _("Say who said or sent it: you enter it for somebody else.")},
    )
    said_on = day(_("Day"))
    channel = forms.ChoiceField(
        label=_("Way"),
        choices=[(Channel.PHONE.value, Channel.PHONE.label), (Channel.VISIT.value, Channel.VISIT.label)],
        widget=forms.RadioSelect,
    )
    proof = forms.CharField(
        label=_("What shows it"),
        max_length=300,
        required=False,
        help_text=_("For instance: called back on the number of the switchboard."),
    )
    field_order = ("words", "said_by", "said_on", "channel", "title", "title_is_right", "proof")

    def names(self) -> tuple[str, ...]:
        """Whom she spoke with."""
        return (str(self.data.get("said_by", "")),)

    def note(self) -> dict[str, Any]:
        """What `notes.note` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "title_is_right"}
