"""What is typed of reminders: a rule, and how one wants one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.letters.models import ReminderWay
from samspel.letters.operations.reminders.ruling import FURTHEST, LONGEST_WAIT

BEFORE, AFTER = "before", "after"


class RuleForm(forms.Form):
    """When reminders of a kind of dates are sent."""

    source = forms.ChoiceField(
        label=_("Of what"),
        required=False,
        help_text=_("A kind with rules of its own follows these alone."),
    )
    number = forms.IntegerField(label=_("How many days"), min_value=0, max_value=FURTHEST)
    which = forms.ChoiceField(
        label=_("Before or after the last day"),
        choices=[(BEFORE, _("Before")), (AFTER, _("After, if it is still to be done"))],
        widget=forms.RadioSelect,
        initial=BEFORE,
    )
    at_hour = forms.IntegerField(label=_("At what hour"), min_value=0, max_value=23, initial=7)
    latest_hours = forms.IntegerField(
        label=_("For how many hours it is worth sending"),
        min_value=1,
        max_value=LONGEST_WAIT,
        initial=24,
        help_text=_("If something keeps it from going out in that time, it is not sent, and is shown as missed."),
    )

    def __init__(self, *args: Any, kinds: dict[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["source"].choices = [("", _("Every kind of date")), *kinds.items()]  # type: ignore[attr-defined]

    @property
    def rule(self) -> dict[str, Any]:
        """What the operation takes."""
        given = dict(self.cleaned_data)
        number, which = given.pop("number"), given.pop("which")
        return {**given, "days": -number if which == BEFORE else number}


class WayForm(forms.Form):
    """One mail for each, or one a day."""

    way = forms.ChoiceField(
        label=_("How you want your reminders"), choices=ReminderWay.choices, widget=forms.RadioSelect
    )
