"""The forms of the people pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.accounts.forms.own import text_field
from samspel.accounts.operations.protecting import REASONS, REASONS_TO_LIFT
from samspel.accounts.queries import lists
from samspel.accounts.rules.words import LONGEST_NAME, LONGEST_PHONE


class PeopleFilter(forms.Form):
    """Which people to show."""

    q = forms.CharField(
        label=_("Name or mail address"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input", "type": "search", "autocomplete": "off"}),
    )
    which = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            (lists.ALL, _("All")),
            (lists.WITH_ROLE, _("With a task now")),
            (lists.WITHOUT_ROLE, _("Without a task now")),
            (lists.ENDED, _("All tasks ended")),
            (lists.BOUNCING, _("Mail does not arrive")),
            (lists.CLOSED, _("Closed accounts")),
        ],
        widget=forms.Select(attrs={"class": "input"}),
    )

    def asked(self) -> dict[str, str]:
        """What was asked for; what makes no sense is as nothing."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return {"words": given.get("q", ""), "which": given.get("which", "")}


class CorrectForm(forms.Form):
    """Somebody's name and telephone."""

    name = text_field(_("Name"), LONGEST_NAME, "off")
    phone = text_field(
        _("Telephone"), LONGEST_PHONE, "off", required=False, help_text=_("As 070-123 45 67 or +46 70 123 45 67.")
    )


class CorrectAllForm(CorrectForm):
    """The same and her mail address, which the agency alone puts right for her."""

    email = forms.EmailField(
        label=_("Mail address"),
        help_text=_("She logs in with it. Both the old address and the new one are told of a change."),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
    )


class ProtectForm(forms.Form):
    """Why somebody's identity is protected."""

    reason = forms.ChoiceField(label=_("Why"), choices=list(REASONS.items()), widget=forms.RadioSelect)


class UnprotectForm(forms.Form):
    """Why the protection is lifted."""

    reason = forms.ChoiceField(label=_("Why"), choices=list(REASONS_TO_LIFT.items()), widget=forms.RadioSelect)


class OtherAddressForm(forms.Form):
    """With whom a row may be merged."""

    other = forms.EmailField(
        label=_("The other row's mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
    )


class MergeForm(forms.Form):
    """Which row stays, and by which address. Choices are the two rows' keys, so that no address need be shown."""

    keep = forms.ChoiceField(label=_("The row that stays"), widget=forms.RadioSelect)
    address = forms.ChoiceField(label=_("The mail address that stays"), widget=forms.RadioSelect)

    def __init__(self, *args, labels: list[tuple[str, str]], addresses: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = labels
        self.fields["address"].choices = addresses
