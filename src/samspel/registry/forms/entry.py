"""Forms of the ways in: authorization, invitation, interest, draft. Every text of a person is one line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from samspel.registry.models import Appointment, SchoolUnit
from samspel.registry.operations.entrants import REASON_MOST, WORDS
from samspel.registry.rules import entrants as rules

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class LineField(forms.CharField):
    """One line of text: no line break, hidden sign or markup."""

    def clean(self, value: Any) -> str:
        """What was typed, trimmed. A line break at the end is one too many."""
        text = str(value or "")
        if code := rules.line_fault(text, self.max_length or rules.NAME_MOST):
            raise forms.ValidationError(WORDS[code], code=code)
        return str(super().clean(value))


class AddressField(forms.CharField):
    """One mail address, in small letters."""

    widget = forms.EmailInput

    def clean(self, value: Any) -> str:
        """The address. Refuses line breaks, several addresses and display names."""
        text = str(value or "").strip(" ")
        if text and not rules.is_mail_address(text):
            raise forms.ValidationError(WORDS[rules.NO_ADDRESS], code=rules.NO_ADDRESS)
        return str(super().clean(text)).lower()


class EntrantForm(forms.Form):
    """Who it is about."""

    name = LineField(
        label=_("Name"),
        max_length=rules.NAME_MOST,
        help_text=_("First name and last name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("Mail address"),
        max_length=rules.MAIL_MOST,
        help_text=_("Her own at work, not a shared one: codes to log in with are sent there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = LineField(
        label=_("Telephone"),
        max_length=rules.PHONE_MOST,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    title = LineField(
        label=_("Title or function"),
        max_length=rules.TITLE_MOST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    def clean_phone(self) -> str:
        """Digits and what stands between them."""
        phone = str(self.cleaned_data["phone"])
        if any(one.field == "phone" for one in rules.faults(name="x", email="x@x.se", phone=phone)):
            raise forms.ValidationError(WORDS[rules.NO_PHONE], code=rules.NO_PHONE)
        return phone

    def add_refused(self, faults: list[rules.Fault]) -> None:
        """Put what an operation refused at its fields."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, WORDS[fault.code])


class AuthorizationForm(EntrantForm):
    """The paper, and what stands in it. The file comes last, so that a too large one leaves the rest."""

    signed_by = LineField(
        label=_("Who signed the paper"),
        max_length=rules.NAME_MOST,
        help_text=_("Name and task, as it stands on the paper: chair of the board, authorized signatory, head."),
    )
    file = forms.FileField(
        label=_("The signed paper"),
        max_length=None,
        allow_empty_file=True,
        help_text=_("A PDF, or a photograph as PNG or JPEG, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"}),
        error_messages={"required": _("Choose the file with the signed paper.")},
    )
    field_order = ["name", "email", "phone", "title", "signed_by", "file"]


class ReasonForm(forms.Form):
    """Why something is refused, put aside or declined."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[ProhibitNullCharactersValidator()],
        help_text=_("Is sent to the person concerned as it stands."),
    )


class InterestForm(EntrantForm):
    """Who registers interest for an organizer, and what she wants to say."""

    email = AddressField(
        label=_("Mail address"),
        max_length=rules.MAIL_MOST,
        help_text=_("The answer is sent there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    words = forms.CharField(
        label=_("Anything else we should know"),
        max_length=REASON_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write nothing about single pupils."),
    )


class InvitationForm(EntrantForm):
    """Whom one invites, to what."""

    phone = None  # she says it herself when she has logged in
    role = forms.ChoiceField(label=_("Task"))
    school_unit = forms.ModelChoiceField(
        SchoolUnit.objects.none(),
        label=_("School unit"),
        required=False,
        to_field_name="code",
        empty_label=_("None"),
        help_text=_("For principals alone."),
    )
    field_order = ["role", "school_unit", "name", "email", "title"]

    def __init__(self, *args: Any, roles: list[tuple[str, Any]], units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles
        if units is None:
            del self.fields["school_unit"]
        else:
            self.fields["school_unit"].queryset = units


class DraftForm(EntrantForm):
    """A drafted appointment of an organizer, as it was told the agency."""

    from_on = forms.DateField(label=_("From"), **DAY)
    replaces = forms.ModelChoiceField(
        Appointment.objects.none(),
        label=_("Replaces"),
        required=False,
        empty_label=_("Nobody: a coordinator more"),
    )

    def __init__(self, *args: Any, coordinators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["replaces"]
        field.queryset = coordinators
        field.label_from_instance = lambda one: one.person.shown_name
        if not coordinators:
            del self.fields["replaces"]


class ConfirmForm(EntrantForm):
    """A draft as those who run the organizer correct it."""

    from_on = forms.DateField(label=_("From"), **DAY)


class FromForm(forms.Form):
    """The day an appointment begins."""

    from_on = forms.DateField(label=_("From"), **DAY)


class FindForm(forms.Form):
    """Which organizer somebody looks for."""

    q = forms.CharField(label=_("Organizer's name or organization number"), max_length=200, required=False)
