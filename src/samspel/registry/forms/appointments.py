"""What is filled in to appoint, replace, end, prolong and correct, to name a deputy and to put addresses right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.registry.models import Role, SchoolUnit
from samspel.registry.rules import entrants

SOMEBODY_NEW = ""
YES_NO = (("", _("Not said")), ("yes", _("Yes")), ("no", _("No")))
_TYPED = {
    entrants.NOT_ONE_LINE: _("Write it on one line, without line breaks or hidden signs."),
    entrants.MARKUP: _("Write it without < and >."),
    entrants.TOO_LONG: _("This is too long."),
}


def day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day, as the browser's own control or written as 2026-11-21."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say which day."), "invalid": _("Write a day as 2026-11-21.")},
    )


def line(label: Any, *, required: bool = False, hint: Any = "", most: int = 200, **attrs: str) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=most,
        widget=forms.TextInput(attrs=attrs),
        validators=[one_line],
        error_messages={"max_length": _("This is too long."), "required": _("Something must stand here.")},
    )


def one_line(text: str) -> None:
    """Raises ValidationError for line breaks, hidden signs and markup."""
    if code := entrants.line_fault(text, 2_000):
        raise forms.ValidationError(_TYPED[code])


def words(label: Any, *, required: bool = False, hint: Any = "", most: int = 2_000) -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("This is too long."), "required": _("Something must stand here.")},
    )


class PersonChoice(forms.ModelChoiceField):
    """One of the people given, by the name that others see; a key that is not among them is refused."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Person.objects.none(), required=False, to_field_name="key", **options)
        self.error_messages["invalid_choice"] = _("Choose one of those in the list.")

    def label_from_instance(self, person: Person) -> str:
        """Name and address; of a protected person neither."""
        return person.shown_name if person.is_protected else f"{person.shown_name} ({person.email})"


class PersonPart(forms.Form):
    """Somebody known at the organization, or somebody new by name and mail address."""

    person = PersonChoice(label=_("Person"), empty_label=_("Somebody new: fill in below"))
    name = line(_("Name"), hint=_("Only for somebody new."), autocomplete="off")
    email = forms.CharField(
        label=_("Mail address"),
        required=False,
        help_text=_("Only for somebody new. The code to log in with is sent there."),
        max_length=entrants.MAIL_MOST,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    phone = line(_("Telephone"), most=entrants.PHONE_MOST, autocomplete="off")

    def clean(self) -> dict[str, Any]:
        """Either somebody known, or a name and an address that can be kept."""
        given = super().clean()
        if given.get("person") is None and "person" not in self.errors:
            _tell_faults(self, "name", "email", given)
        return given


def _tell_faults(form: forms.Form, name: str, email: str, given: dict[str, Any]) -> None:
    told = {entrants.EMPTY: _("Something must stand here."), entrants.NO_ADDRESS: _(
        "This is not one mail address. Write it as name@organization.se.")} | _TYPED  # fmt: skip
    fields = {"name": name, "email": email, "phone": "phone"}
    typed = {"name": given.get(name) or "", "email": (given.get(email) or "").strip()}
    for fault in entrants.faults(**typed, phone=given.get("phone") or "" if email == "email" else ""):
        field = fields.get(fault.field, name)
        if field not in form.errors:
            form.add_error(
                field, told.get(fault.code, _("This is not a telephone number. Use digits, spaces, + and -."))
            )


class DetailsPart(forms.Form):
    """What an appointment tells beside who, what and when."""

    title = line(_("Work title"), hint=_("What she is called at work, as development leader."))
    share_percent = forms.IntegerField(
        label=_("Share of full time, per cent"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("How much of her time the task has."),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("The share of full time is a whole number from 1 to 100 per cent.")
        ),
    )
    mandate = words(_("Mandate"), hint=_("What she may decide and ask for in this task."))
    in_management_group = forms.ChoiceField(label=_("Member of the management group"), choices=YES_NO, required=False)
    manager = PersonChoice(label=_("Manager"), empty_label=_("Not said, or somebody new: fill in below"))
    manager_name = line(_("The manager's name"), hint=_("Only for somebody new."), autocomplete="off")
    manager_email = forms.CharField(
        label=_("The manager's mail address"),
        required=False,
        help_text=_("Only for somebody new."),
        max_length=entrants.MAIL_MOST,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """A new manager has both a name and an address, or neither."""
        given = super().clean()
        if given.get("manager") is None and (given.get("manager_name") or given.get("manager_email")):
            _tell_faults(self, "manager_name", "manager_email", given)
        return given

    @property
    def management_group(self) -> bool | None:
        """Whether she is a member; None when nothing is said."""
        return {"yes": True, "no": False}.get(self.cleaned_data["in_management_group"])


class SuccessorForm(PersonPart, DetailsPart):
    """Who comes instead, and from when."""

    from_on = day(_("First day"))
    to_on = day(_("Last day"), required=False, hint=_("Leave it empty for until further notice."))
    field_order = ("person", "name", "email", "phone", "from_on", "to_on")

    def __init__(self, *given: Any, people: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["person"].queryset = self.fields["manager"].queryset = people


class AppointForm(SuccessorForm):
    """Who, what and from when. Only the roles that she who appoints may give are offered."""

    role = forms.ChoiceField(label=_("Task"))
    school_unit = forms.ModelChoiceField(
        SchoolUnit.objects.none(),
        label=_("School unit"),
        required=False,
        to_field_name="code",
        empty_label=_("None"),
        help_text=_("For a principal."),
    )
    field_order = ("role", "school_unit", *SuccessorForm.field_order)

    def __init__(self, *given: Any, roles: Sequence[str], units: Iterable[SchoolUnit] | None, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]
        if units is None:
            del self.fields["school_unit"]
        else:
            self.fields["school_unit"].queryset = units


class CorrectForm(DetailsPart):
    """What an appointment tells, put right."""

    def __init__(self, *given: Any, people: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["manager"].queryset = people


class EndForm(forms.Form):
    """The last day, and why."""

    to_on = day(_("Last day"), hint=_("She keeps the task that day out."))
    reason = line(_("Reason"), required=True, most=300)


class ProlongForm(forms.Form):
    """A later last day, or none."""

    to_on = day(_("Last day"), required=False, hint=_("Leave it empty for until further notice."))


class TakeBackForm(forms.Form):
    """Why it never begins."""

    reason = line(_("Reason"), required=True, most=300)


class StandInForm(forms.Form):
    """Who does it meanwhile."""

    deputy = PersonChoice(label=_("Deputy"), empty_label=_("Choose a person"))
    from_on = day(_("First day away"))
    to_on = day(_("Last day away"))

    def __init__(self, *given: Any, people: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["deputy"].queryset = people
        self.fields["deputy"].required = True
        self.fields["deputy"].error_messages["required"] = _("Choose one of those in the list.")


class AddressesForm(forms.Form):
    """Where an organization's official mail and its letters on paper go."""

    official_email = forms.EmailField(
        label=_("Official mail address"),
        required=False,
        max_length=entrants.MAIL_MOST,
        help_text=_("The registrar's mailbox, not a person's."),
        error_messages={"invalid": _("This is not one mail address. Write it as name@organization.se.")},
    )
    postal_address = words(_("Postal address"), hint=_("As it stands on a letter, a line each."), most=400)


class OrganizationsForm(forms.Form):
    """Which organizations to list."""

    q = forms.CharField(label=_("Name or organization number"), required=False, max_length=200)
    lacking = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=(
            ("", _("All organizers")),
            ("with_coordinator", _("With a coordinator")),
            ("coordinator", _("Without a coordinator")),
            ("administrator", _("Without an administrator")),
            ("bouncing", _("With an address that bounces")),
        ),
    )
