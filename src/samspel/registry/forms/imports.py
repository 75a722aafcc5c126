"""Forms of the registry's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ManyFilesInput(forms.FileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; cleans to a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself; none at all is refused as any empty field is."""
        given = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(ManyFilesField, self).clean(one, initial) for one in given]


class ImportForm(forms.Form):
    """Files to look at. They need no choice of kind: it is seen from what stands in them."""

    files = ManyFilesField(
        label=_("Files"),
        allow_empty_file=True,
        max_length=None,
        help_text=_(
            "CSV, XLSX or a zip of them, as they were downloaded, at most 50 MB together: the school-unit register, "
            "Skolverket's statistics, Kolada, the municipality table or a plain table."
        ),
    )


class AsOfForm(forms.Form):
    """The day that an extract of the register shows."""

    as_of = forms.DateField(
        label=_("The day the extract shows"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("An extract of the school-unit register does not say itself which day it shows."),
    )


class SearchForm(forms.Form):
    """What one looks for."""

    q = forms.CharField(label=_("Name, organization number or school-unit code"), max_length=200, required=False)
