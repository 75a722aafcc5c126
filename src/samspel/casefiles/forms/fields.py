"""Fields that several forms of case files have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
from samspel.kernel.values.sorting import search_key
from samspel.registry.models import Organizer

DAY_ERRORS = {"invalid": _("Write a day as 2026-11-21."), "required": _("Say which day.")}


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, as 2026-11-21."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=DAY_ERRORS,
    )


def lines(rows: int) -> forms.Textarea:
    """Some lines to write in."""
    return forms.Textarea(attrs={"rows": rows})


class OrganizerField(forms.CharField):
    """An organizer by its number or its whole name; cleans to the organizer, or None where nothing is written."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("label", _("Organizer"))
        given.setdefault("help_text", _("Ten digits with or without a hyphen, or the whole name."))
        super().__init__(max_length=200, **given)

    def clean(self, value: Any) -> Any:
        """The organizer that is written."""
        written = super().clean(value)
        if not written:
            return None
        found = list(_organizers(written)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("There is no organizer with just that number or name."))
        return found[0]


def _organizers(written: str) -> Any:
    try:
        return Organizer.objects.filter(organization_number=parse_organization_number(written))
    except IdentifierRefused:
        return Organizer.objects.filter(search_key=search_key(written), ended_on__isnull=True)
