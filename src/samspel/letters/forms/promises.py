"""What is typed of a promise."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.casefiles.forms.fields import day, lines
from samspel.letters.models import PromiseKind


class OwnerField(forms.ModelChoiceField):
    """Somebody by name, of those who may owe it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(label=_("Who sees to it"), queryset=Person.objects.none(), **given)

    def label_from_instance(self, person: Person) -> str:
        """As others may see her named."""
        return person.shown_name


class PromiseForm(forms.Form):
    """What is to come, who sees to it, and the last day."""

    kind = forms.ChoiceField(label=_("What is to come"), choices=PromiseKind.choices)
    words_sv = forms.CharField(
        label=_("What is said until it comes, in Swedish"),
        max_length=500,
        help_text=_("As those who wait will read it, as “The venue is mailed a week before”."),
        error_messages={"required": _("Say in Swedish what is to come, as those who wait will read it.")},
    )
    words_en = forms.CharField(label=_("The same in English"), max_length=500, required=False)
    owner = OwnerField(error_messages={"required": _("Say who sees to it.")})
    due_on = day(_("Last day"))

    def __init__(self, *args: Any, owners: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = owners


class FillForm(forms.Form):
    """What has come."""

    sv = forms.CharField(
        label=_("What has come, in Swedish"),
        max_length=5_000,
        widget=lines(5),
        error_messages={"required": _("Write what has come, in Swedish.")},
    )
    en = forms.CharField(label=_("The same in English"), max_length=5_000, widget=lines(5), required=False)


class MoveForm(forms.Form):
    """Another last day."""

    due_on = day(_("New last day"))


class OwnerForm(forms.Form):
    """Who sees to it from now on."""

    owner = OwnerField(error_messages={"required": _("Say who sees to it.")})

    def __init__(self, *args: Any, owners: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = owners


class DropForm(forms.Form):
    """Why it will not come."""

    reason = forms.CharField(
        label=_("Why it will not come"),
        max_length=500,
        help_text=_("Those who wait for it read this."),
        error_messages={"required": _("Say why it will not come: those who wait for it read the reason.")},
    )
