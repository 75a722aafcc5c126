"""Forms of the list of case files, of a new one, and of what is done with one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.accounts.models import Person
from samspel.casefiles.forms.fields import OrganizerField, lines
from samspel.casefiles.models import CaseFileState, Series
from samspel.casefiles.queries.casefiles import Wanted
from samspel.registry.models import University

NOBODY = "nobody"
ANY = ("", _("All"))


class SeriesField(forms.ModelChoiceField):
    """A series by its code and what belongs in it."""

    def label_from_instance(self, series: Series) -> str:
        """As it stands in the list."""
        return f"{series.code} – {series.shown_name}"


class SearchForm(forms.Form):
    """What one looks for among case files."""

    q = forms.CharField(label=_("Diary number, title or party"), max_length=200, required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("of a case file", "State"), choices=[ANY, *CaseFileState.choices], required=False
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False)
    series = forms.ChoiceField(label=_("Series"), required=False)
    handler = forms.ChoiceField(label=_("Handler"), required=False)

    def __init__(
        self, *args: Any, years: list[int], handlers: list[Person], names: dict[UUID, str], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["year"].choices = [ANY, *((year, str(year)) for year in years)]
        self.fields["series"].choices = [ANY, *((one.code, one.code) for one in Series.objects.all())]
        people = [(str(one.key), names.get(one.key, "")) for one in handlers]
        self.fields["handler"].choices = [ANY, (NOBODY, _("Nobody yet")), *people]

    def wanted(self) -> Wanted:
        """What is asked; a field that does not hold asks for nothing."""
        self.is_valid()
        given = self.cleaned_data
        handler = given.get("handler") or ""
        return Wanted(
            words=given.get("q", ""),
            state=given.get("state", ""),
            year=given.get("year"),
            series=given.get("series", ""),
            handler=UUID(handler) if handler and handler != NOBODY else None,
            without_handler=handler == NOBODY,
        )


class OpenForm(forms.Form):
    """A new case file: in which series, what it concerns, and whom."""

    series = SeriesField(
        label=_("Series"), queryset=Series.objects.all(), error_messages={"required": _("Choose a series.")}
    )
    title = forms.CharField(
        label=_("What it concerns, in short"),
        max_length=300,
        help_text=_("The diary is public: name no private person."),
        error_messages={"required": _("Say in short what the case file concerns.")},
    )
    organizer = OrganizerField(required=False)
    university = forms.ModelChoiceField(
        label=_("University"), queryset=University.objects.all(), required=False, empty_label=_("None")
    )
    name = forms.CharField(label=_("Another party, by name"), max_length=200, required=False)

    def parties(self) -> list[Any]:
        """Whom it concerns."""
        given = [self.cleaned_data[name] for name in ("organizer", "university", "name")]
        return [one for one in given if one]


class PartyForm(forms.Form):
    """One more whom a case file concerns."""

    organizer = OrganizerField(required=False)
    university = forms.ModelChoiceField(
        label=_("University"), queryset=University.objects.all(), required=False, empty_label=_("None")
    )
    name = forms.CharField(label=_("Another party, by name"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """One of the three."""
        given = super().clean() or {}
        named = [one for one in given.values() if one]
        if not self.errors and len(named) != 1:
            raise forms.ValidationError(_("Name one party: an organizer, a university or somebody else."))
        return given

    def party(self) -> Any:
        """Whom to add."""
        return next(one for one in self.cleaned_data.values() if one)


class HandlerForm(forms.Form):
    """Who handles a case file."""

    handler = forms.ChoiceField(label=_("Handler"), required=False)

    def __init__(self, *args: Any, handlers: list[Person], names: dict[UUID, str], **more: Any) -> None:
        super().__init__(*args, **more)
        people = [(str(one.key), names.get(one.key, "")) for one in handlers]
        self.fields["handler"].choices = [("", _("Nobody yet")), *people]

    def clean_handler(self) -> UUID | None:
        """Her key."""
        key = self.cleaned_data["handler"]
        return UUID(key) if key else None


class ReasonForm(forms.Form):
    """Why something is done."""

    because = forms.CharField(
        label=_("Reason"), widget=lines(3), max_length=500, error_messages={"required": _("Write why.")}
    )
