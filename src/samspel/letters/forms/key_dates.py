"""What is typed of a key date."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.casefiles.forms.fields import day
from samspel.letters.models import KeyDate, KeyDateState
from samspel.letters.operations.key_dates import Said
from samspel.letters.rules import moments


def _clock(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time as 15:00.")},
        **more,
    )


class KeyDateForm(forms.Form):
    """A title, when, where."""

    title_sv = forms.CharField(
        label=_("What happens, in Swedish"),
        max_length=200,
        error_messages={"required": _("Say in Swedish what happens that day.")},
    )
    title_en = forms.CharField(label=_("The same in English"), max_length=200, required=False)
    on = day(_("Day"))
    from_time = _clock(_("Begins at"), help_text=_("Leave it empty where only the day is said."))
    to_on = day(_("Last day, if it is another"), required=False)
    to_time = _clock(_("Ends at"))
    place_sv = forms.CharField(label=_("Place, in Swedish"), max_length=300, required=False)
    place_en = forms.CharField(label=_("Place, in English"), max_length=300, required=False)
    link = forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Write a whole address, as https://www.example.org.")},
    )
    is_preliminary = forms.BooleanField(label=_("The date is preliminary"), required=False)

    @classmethod
    def about(cls, date: KeyDate) -> dict[str, Any]:
        """A date as it stands, for the fields."""
        starts = timezone.localtime(date.starts_at)
        ends = timezone.localtime(date.ends_at) if date.ends_at else None
        names = ("title_sv", "title_en", "place_sv", "place_en", "link")
        return {name: getattr(date, name) for name in names} | {
            "on": starts.date(),
            "from_time": None if date.is_whole_day else starts.time(),
            "to_on": ends.date() if ends and ends.date() != starts.date() else None,
            "to_time": ends.time() if ends and not date.is_whole_day else None,
            "is_preliminary": date.state == KeyDateState.PRELIMINARY,
        }

    def clean(self) -> dict[str, Any]:
        """The moments, where day and time hold: a clock time that the change to summer time leaves out does not."""
        given = super().clean() or {}
        if given.get("on"):
            given["starts_at"] = self._moment("from_time", given["on"], given.get("from_time"))
            last, ends = given.get("to_on"), given.get("to_time")
            given["ends_at"] = self._moment("to_time", last or given["on"], ends) if last or ends else None
        return given

    def said(self) -> Said:
        """What is said of the date."""
        given = self.cleaned_data
        names = ("title_sv", "title_en", "starts_at", "ends_at", "place_sv", "place_en", "link", "is_preliminary")
        return Said(is_whole_day=given["from_time"] is None, **{name: given[name] for name in names})

    def _moment(self, field: str, on: Any, clock: time | None) -> datetime:
        try:
            return moments.moment(on, clock or time(), moments.FIRST)
        except (moments.MomentRefused, OverflowError):
            self.add_error(field, _("No clock shows that time that day. Choose another."))
            return timezone.now()


class ChangeForm(KeyDateForm):
    """The same, for a date that others may have been told of."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    is_told = forms.BooleanField(
        label=_("Tell those who were sent a letter in which it stands"), required=False, initial=True
    )


class CancelForm(forms.Form):
    """A date that is not held."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    is_told = forms.BooleanField(
        label=_("Tell those who were sent a letter in which it stands"), required=False, initial=True
    )
