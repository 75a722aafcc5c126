"""Forms of the shared mailbox."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.casefiles.models import CaseFile
from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
from samspel.registry.models import Appointment, Organizer

_DIARY_NUMBER = re.compile(r"^\s*([A-ZÅÄÖa-zåäö]{1,10})[\s-]+(\d{4})[:/-](\d{1,9})\s*$")


class AnswerForm(forms.Form):
    """An answer to a question."""

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("Goes as a mail to who asked, with what she wrote beneath. An empty line makes a new paragraph."),
        max_length=10_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class OwnerForm(forms.Form):
    """Who has a question, and by when she answers."""

    owner = forms.ChoiceField(label=_("Who has it"))
    due_on = forms.DateField(label=_("Answer by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Nobody yet")), *colleagues]
        self.fields["owner"].required = False

    def clean_owner(self) -> Person | None:
        """The person of that key; None for nobody."""
        key = self.cleaned_data["owner"]
        return Person.objects.filter(key=key, is_active=True).first() if key else None


class LinkForm(forms.Form):
    """What a question is about."""

    organizer = forms.CharField(
        label=_("Organizer"),
        help_text=_("Organization number, or the whole name."),
        max_length=200,
        required=False,
    )
    case_file = forms.CharField(
        label=_("Case file"), help_text=_("Diary number, as SAM 2026:17."), max_length=40, required=False
    )

    def clean_organizer(self) -> Organizer | None:
        """The organizer of that number or name."""
        said = self.cleaned_data["organizer"].strip()
        if not said:
            return None
        try:
            found = Organizer.objects.filter(organization_number=parse_organization_number(said)).first()
        except IdentifierRefused:
            found = Organizer.objects.filter(name__iexact=said, ended_on=None).first()
        if found is None:
            raise ValidationError(_("There is no organizer with that number or name."))
        return found

    def clean_case_file(self) -> CaseFile | None:
        """The case file of that diary number."""
        said = self.cleaned_data["case_file"].strip()
        if not said:
            return None
        parts = _DIARY_NUMBER.match(said)
        found = parts and CaseFile.objects.filter(
            series__code__iexact=parts[1], year=int(parts[2]), number=int(parts[3])
        ).select_related("series").first()  # fmt: skip
        if not found:
            raise ValidationError(_("There is no case file with that diary number."))
        return found


class RegisterForm(forms.Form):
    """Whether the mails bear a secrecy mark as documents."""

    is_secret = forms.BooleanField(
        label=_("Secrecy mark"),
        required=False,
        help_text=_("A warning to those who handle it. Whether it is secret is decided when somebody asks for it."),
    )
    secrecy_ground = forms.CharField(
        label=_("Ground of the secrecy mark"),
        max_length=300,
        required=False,
        help_text=_("Chapter and section, such as 23 kap. 2 § OSL."),
    )


class DraftForm(forms.Form):
    """A draft of an appointment, from what the mail says."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Mail address"), max_length=254)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    title = forms.CharField(label=_("Title at work"), max_length=200, required=False)
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    replaces = forms.ModelChoiceField(
        label=_("Takes over from"), queryset=Appointment.objects.none(), required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args: Any, coordinators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = coordinators
        self.fields["replaces"].label_from_instance = lambda one: one.person.shown_name
