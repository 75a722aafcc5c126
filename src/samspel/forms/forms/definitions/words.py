"""A form's own words: name, purpose, who answers, personal data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.forms.forms.definitions.fields import in_two_languages, initial_words, lines, whole, words_from
from samspel.forms.queries.outlines import SUBJECT_NAMES
from samspel.registry.models import Role


class WordsForm(forms.Form):
    """What stands at the top of a form, and who answers it about what."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields |= {
            **in_two_languages("name", _("Name of the form"), required=True, length=200),
            **in_two_languages("purpose", _("What it is for"), rows=3),
            **in_two_languages(
                "instruction", _("Instruction"), rows=6, hint=_("An empty line begins a new paragraph.")
            ),
            "subject": forms.ChoiceField(label=_("What an answer is about"), choices=SUBJECT_NAMES, required=False),
            "writers": _roles(_("Who may begin and write")),
            "submitters": _roles(_("Who may submit")),
            "is_private": forms.BooleanField(
                label=_("The organization's own"),
                required=False,
                help_text=_("Nobody at the agency or a university reads an answer that was not handed to them."),
            ),
            **in_two_languages("data_purpose", _("Why personal data may stand in it"), rows=3),
            "keep_months": whole(
                _("Months that personal data are kept after submission"), 0, 1200, hint=_("0: no day is set.")
            ),
        }

    def words(self) -> dict[str, Any]:
        """What was written, as definitions have it."""
        given = self.cleaned_data
        personal = {"purpose": words_from(given, "data_purpose"), "keep_months": given["keep_months"] or 0}
        return {
            **{name: words_from(given, name) for name in ("name", "purpose", "instruction")},
            **{name: given[name] for name in ("subject", "writers", "submitters", "is_private")},
            "personal_data": {name: value for name, value in personal.items() if value},
        }


def initial_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in a definition, for the fields."""
    personal = data.get("personal_data") or {}
    return {
        **initial_words(data, "name"),
        **initial_words(data, "purpose"),
        **initial_words(data, "instruction"),
        "subject": data.get("subject", "organizer"),
        "writers": data.get("writers", []),
        "submitters": data.get("submitters", []),
        "is_private": data.get("is_private", False),
        **{f"data_{name}": text for name, text in initial_words(personal, "purpose").items()},
        "keep_months": personal.get("keep_months", 0),
    }


class NewForm(forms.Form):
    """A new form: its name and address."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields |= {
            **in_two_languages("name", _("Name of the form"), required=True, length=200),
            "slug": forms.RegexField(
                r"\A[a-z][a-z0-9-]{0,79}\Z",
                label=_("Address"),
                help_text=_("Small letters, digits and hyphens, as in atgardsplan-forskola. It never changes."),
                error_messages={"invalid": _("Use small letters, digits and hyphens, and begin with a letter.")},
            ),
        }

    def clean_slug(self) -> str:
        """Not what is an address of its own among the editors' pages."""
        slug: str = self.cleaned_data["slug"]
        if slug == "nytt":
            raise forms.ValidationError(_("There is a form with that address already."))
        return slug


class TextForm(forms.Form):
    """A definition as text: a file, or what is written in the box."""

    file = forms.FileField(label=_("A file (TOML, at most 1 MB)"), required=False)
    text = forms.CharField(label=_("Or the text itself"), required=False, widget=lines(20), strip=False)

    def clean(self) -> dict[str, Any]:
        """One of the two, as text."""
        given = super().clean() or {}
        file = given.get("file")
        if file is not None and file.size > 1_000_000:
            raise forms.ValidationError(_("The form is larger than a form can be (a million characters)."))
        try:
            written = file.read().decode() if file is not None else given.get("text", "")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from None
        given["written"] = written.removeprefix("\ufeff")
        if not given["written"].strip():
            raise forms.ValidationError(_("Choose a file, or write the text."))
        if len(given["written"]) > 1_000_000:
            raise forms.ValidationError(_("The form is larger than a form can be (a million characters)."))
        return given


class NoteForm(forms.Form):
    """What is new in a version."""

    note = forms.CharField(
        label=_("What is new"),
        widget=lines(4),
        max_length=2000,
        required=False,
        help_text=_("For those who have answered before. It stands beside the version."),
    )


def _roles(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
