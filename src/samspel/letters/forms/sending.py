"""What is said when a letter is approved, sent back, tried and planned."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.casefiles.forms.fields import day, lines
from samspel.letters.rules import moments

_GAP = _("No clock shows that time that day: it goes from 02:00 to 03:00 in the night. Choose another time.")
_TWICE = _("The clock shows that time twice that night, for it goes back from 03:00 to 02:00. Say which one you mean.")
SENTENCES = {
    moments.GAP: _GAP,
    moments.TWICE: _TWICE,
    moments.PASSED: _("That time has passed. Choose one that is still to come."),
    moments.FAR_AHEAD: _("A letter is planned a year ahead at most."),
}


class ApproveForm(forms.Form):
    """A yes to exactly what was shown."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class WordsBackForm(forms.Form):
    """What is to be changed."""

    words = forms.CharField(
        label=_("What is to be changed"),
        help_text=_("Who asked for the approval gets it by mail."),
        max_length=2_000,
        widget=lines(5),
        error_messages={"required": _("Say what is to be changed: who wrote the letter reads it.")},
    )


class TestForm(forms.Form):
    """To whom a test goes: herself or a colleague."""

    __test__ = False  # a form, not a test of ours

    to = forms.ModelChoiceField(
        label=_("To"),
        queryset=Person.objects.none(),
        to_field_name="key",
        empty_label=None,
        help_text=_("Yourself, or somebody who works at the agency."),
        error_messages={
            "invalid_choice": _("Choose yourself or somebody who works at the agency."),
            "required": _("Choose to whom."),
        },
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people
        self.fields["to"].label_from_instance = lambda person: person.shown_name


class NoMoreForm(forms.Form):
    """What somebody wants no more of."""

    SCHEME, ALL = "scheme", "all"

    what = forms.ChoiceField(
        label=_("What do you want no more of?"),
        widget=forms.RadioSelect,
        choices=[],
        initial=SCHEME,
    )

    def __init__(self, *args: Any, scheme_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not scheme_name:
            del self.fields["what"]
            return
        about = _("News about: %(scheme)s") % {"scheme": scheme_name}
        self.fields["what"].choices = [(self.SCHEME, about), (self.ALL, _("All news"))]  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """A day and a time by a Swedish clock; in the hour that is twice, which of them."""

    on = day(_("Day"))
    clock = forms.TimeField(
        label=_("Time"),
        help_text=_("By the clock in Sweden, as 08:00."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time as 08:00."), "required": _("Say which time.")},
    )
    which = forms.ChoiceField(
        label=_("Which of the two"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (moments.FIRST, _("The first time, before the clock goes back (summer time)")),
            (moments.SECOND, _("The second time, an hour later (winter time)")),
        ],
        error_messages={"invalid_choice": _("Say which of the two.")},
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        if (self.is_bound and not self._is_asked()) or not self.is_bound:
            del self.fields["which"]

    @classmethod
    def first_offer(cls, at: datetime) -> dict[str, Any]:
        """Tomorrow at eight, when mail is read."""
        return {"on": timezone.localdate(at) + timedelta(days=1), "clock": "08:00"}

    def clean(self) -> dict[str, Any]:
        """The moment, where day and time are one."""
        given = super().clean() or {}
        if given.get("on") and given.get("clock") is not None:
            try:
                given["moment"] = moments.ahead(given["on"], given["clock"], given.get("which") or "", at=self.at)
            except moments.MomentRefused as refused:
                self.add_error("which" if refused.code == moments.TWICE else "clock", SENTENCES[refused.code])
        return given

    def _is_asked(self) -> bool:
        """Whether the time said is one that is twice, so that it has to be asked which."""
        try:
            on = self.fields["on"].clean(self.data.get("on"))
            clock = self.fields["clock"].clean(self.data.get("clock"))
            moments.moment(on, clock)
        except moments.MomentRefused as refused:
            return refused.code == moments.TWICE
        except (forms.ValidationError, OverflowError):
            return False
        return False
