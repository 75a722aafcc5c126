"""Django forms of an answer's life: begin, hand out, share, comment, decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.accounts.models import Person
from samspel.forms.models import AnswerState, ParticipantDeed
from samspel.forms.queries.lists import Wanted
from samspel.forms.queries.reviewing import KINDS
from samspel.forms.rules.personal import Finding, Kind, find

DAY_ERRORS = {"invalid": _("Write a day as 2026-11-21."), "required": _("Say which day.")}
ANY = ("", _("All"))
# Longer is refused for its length.
MOST_LOOKED_THROUGH = 10_000


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, as 2026-11-21."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=widget, error_messages=DAY_ERRORS
    )


def words(label: Any, *, rows: int = 4, most: int = 4000, help_text: Any = "") -> forms.CharField:
    """Some lines to write."""
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Write something first.")},
    )


class SearchForm(forms.Form):
    """What one looks for among answers."""

    q = forms.CharField(label=_("Organizer, school or university"), max_length=200, required=False)
    form = forms.ChoiceField(label=_("Form"), required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("of an answer", "State"),
        choices=[ANY, *AnswerState.choices, ("late", _("Late"))],
        required=False,
    )

    def __init__(
        self, *args: Any, forms_answered: Sequence[tuple[str, str]], sees_all: bool = True, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["form"].choices = [ANY, *forms_answered]
        if not sees_all:
            del self.fields["state"]

    def wanted(self) -> Wanted:
        """What is asked; a field that does not hold asks for nothing."""
        self.is_valid()
        state = self.cleaned_data.get("state", "")
        is_late = state == "late"
        return Wanted(
            form=self.cleaned_data.get("form", ""),
            state="" if is_late else state,
            words=self.cleaned_data.get("q", ""),
            is_late=is_late,
        )


class BeginForm(forms.Form):
    """What to begin, and what tells it from others."""

    what = forms.ChoiceField(
        label=_("Form"), widget=forms.RadioSelect, error_messages={"required": _("Choose a form.")}
    )
    about = forms.CharField(
        label=_("What tells it from others"),
        max_length=200,
        required=False,
        help_text=_("Only if you write several of the same form, for example “autumn 2026”. Of a preschool: its name."),
    )

    def __init__(self, *args: Any, offers: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["what"].choices = offers


class TakePartForm(forms.Form):
    """Whom to bring in, to do what, until when."""

    person = forms.ChoiceField(label=_("Who"), error_messages={"required": _("Choose somebody.")})
    deed = forms.ChoiceField(label=_("What she does"), error_messages={"required": _("Choose what she is to do.")})
    to_on = day(_("Last day"), required=False, help_text=_("Left empty: until further notice."))

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str]], may_let_submit: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [("", _("Choose")), *people]
        deeds = [each for each in ParticipantDeed.choices if may_let_submit or each[0] != ParticipantDeed.SUBMIT]
        self.fields["deed"].choices = deeds


class GiveForm(forms.Form):
    """Who has a section."""

    to = forms.ChoiceField(label=_("Who writes the section"), required=False)

    def __init__(self, *args: Any, people: Sequence[Person], names: dict[Any, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = {str(one.key): one for one in people}
        self.fields["to"].choices = [
            ("", _("Nobody in particular")),
            *((key, names.get(one.key, "")) for key, one in self.people.items()),
        ]

    def person(self) -> Person | None:
        """Who was chosen."""
        return self.people.get(self.cleaned_data["to"])


class LookedThrough(forms.Form):
    """`words` that are looked through for personal data: she is shown each place, and takes it away or lets it stay."""

    keep = forms.MultipleChoiceField(
        label=_("Looks like personal data"),
        help_text=_("Take away what need not stand, or tick what is to stay."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        typed = str(self.data.get("words", "")) if self.is_bound else ""
        places = {_key(typed, one): f"{KINDS[Kind(one.kind)]}: {typed[one.start : one.end]}" for one in _found(typed)}
        self.fields["keep"].choices = list(places.items())
        if not places:
            del self.fields["keep"]
        self.order_fields([name for name in self.fields if name != "keep"])

    def clean(self) -> dict[str, Any]:
        """All places are decided about."""
        cleaned = super().clean() or {}
        places = {key for key, _name in self.fields["keep"].choices} if "keep" in self.fields else set()
        if set(cleaned.pop("keep", ())) < places:
            self.add_error("keep", _("Decide about every place that looks like personal data."))
        return cleaned


def _found(typed: str) -> list[Finding]:
    return find(typed) if len(typed) <= MOST_LOOKED_THROUGH else []


def _key(typed: str, one: Finding) -> str:
    return sha256(f"{one.kind} {typed[one.start : one.end]}".encode("utf-8", "replace")).hexdigest()[:16]


class CommentForm(LookedThrough):
    """Something said beside a section or a question."""

    question = forms.ChoiceField(label=_("About"), required=False)
    words = words(_("What you want to say"))

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["question"].choices = [("", _("The whole section")), *questions]


class DifferForm(LookedThrough):
    """What somebody sees otherwise."""

    words = words(_("What you see otherwise"), rows=8)


class ReasonForm(forms.Form):
    """Why something is decided."""

    reason = words(_("Reason"), most=2000, rows=3)


class ReopenForm(ReasonForm):
    """Why a submitted answer is opened again, and by when it is to be ready."""

    due_on = day(_("Ready by"), required=False, help_text=_("Left empty: the day stays as it was."))

    def due(self) -> date | None:
        """The new day, if one is given."""
        return self.cleaned_data.get("due_on")
