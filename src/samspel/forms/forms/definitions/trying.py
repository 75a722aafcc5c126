"""Who a trial is about, where a form is about something in the registers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.casefiles.forms.fields import OrganizerField
from samspel.registry.models import SchoolUnit, University


class TryForm(forms.Form):
    """The organizer, unit or university that the trial is about; nothing where the form is about nothing."""

    def __init__(self, *args: Any, subject: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.subject = subject
        if subject in ("organizer", "preschool_unit"):
            self.fields["organizer"] = OrganizerField()
        elif subject == "school_unit":
            self.fields["school_unit"] = UnitField()
        elif subject == "university":
            self.fields["university"] = forms.ModelChoiceField(label=_("University"), queryset=University.objects.all())
        for field in self.fields.values():
            field.error_messages["required"] = _("Say whom the trial is about. Nobody there is told.")

    def about(self, person: Any) -> dict[str, Any]:
        """As `operations.answers.begin` takes it."""
        return {"person": person} if self.subject == "person" else dict(self.cleaned_data)


class UnitField(forms.CharField):
    """A school unit by its code; cleans to the unit."""

    def __init__(self) -> None:
        super().__init__(label=_("School unit"), max_length=20, help_text=_("Its code of eight digits."))

    def clean(self, value: Any) -> Any:
        """The unit of the code."""
        code = super().clean(value)
        found = SchoolUnit.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("There is no school unit with that code."))
        return found
