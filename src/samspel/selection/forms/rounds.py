"""The form of a new round."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspel.schemes.models import Edition
from samspel.schemes.rules.editions import Entry

DAY = {"invalid": _("Write a day as 2026-11-21."), "required": _("Say which day.")}


class EditionField(forms.ModelChoiceField):
    """Editions by the name of their scheme and the day they hold from."""

    def label_from_instance(self, edition: Edition) -> str:
        """As it stands in the list."""
        name = edition.scheme.name_en if get_language() == "en" else edition.scheme.name_sv
        return f"{name} ({edition.slug})"


class NewRoundForm(forms.Form):
    """Which edition, what it is called, and when its evaluation closes."""

    edition = EditionField(
        label=_("Edition of a scheme"),
        queryset=Edition.objects.filter(document__entry=Entry.SELECTION).select_related("scheme"),
        error_messages={"required": _("Choose an edition.")},
    )
    title = forms.CharField(label=_("Title"), max_length=200, error_messages={"required": _("Give it a title.")})
    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        help_text=_("Short, small letters and hyphens, such as ri-2027. It cannot be changed later."),
        error_messages={
            "required": _("Give it an address."),
            "invalid": _("Use letters a to z, digits and hyphens only."),
        },
    )
    is_exercise = forms.BooleanField(
        label=_("This is an exercise"),
        required=False,
        help_text=_(
            "An exercise uses real published figures, says so wherever it is shown, and gives nobody an offer."
        ),
    )
    evaluation_closes_on = forms.DateField(
        label=_("The evaluation closes"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until that day ranking, pairs, seed and comparison group are not public."),
        error_messages=DAY,
    )
    publish_by = forms.DateField(
        label=_("To be published by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=DAY,
    )

    def clean_slug(self) -> str:
        """Small letters, and not the word that stands for a new round."""
        slug = self.cleaned_data["slug"].lower()
        if slug == "ny":
            raise forms.ValidationError(_("Choose another address."))
        return slug
