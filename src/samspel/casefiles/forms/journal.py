"""The form of the journal: which days, which series."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.casefiles.forms.casefiles import ANY
from samspel.casefiles.forms.fields import day
from samspel.casefiles.models import Series

LONGEST = 366


class JournalForm(forms.Form):
    """A period and a series."""

    first = day(pgettext_lazy("a period", "From"))
    last = day(pgettext_lazy("a period", "To"))
    series = forms.ChoiceField(label=_("Series"), required=False)

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["series"].choices = [ANY, *((one.code, one.code) for one in Series.objects.all())]
        self.fields["first"].initial = self.fields["last"].initial = today

    def clean(self) -> dict[str, Any]:
        """At most a year, and not backwards."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        elif first and last and (last - first).days > LONGEST:
            self.add_error("last", _("Choose at most a year at a time."))
        elif last == date.max:
            self.add_error("last", _("Write a day as 2026-11-21."))
        return given
