"""Small forms that go with a step."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.selection.models import Response


class ReasonForm(forms.Form):
    """Why a step is taken, where that has to be said."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("Write so that others can read it. When a round is voided the reason is public."),
        error_messages={"required": _("Write why.")},
    )


class ResponseForm(forms.Form):
    """What an organizer answered, and when."""

    response = forms.ChoiceField(
        label=_("Answer"),
        choices=[(Response.ACCEPTED.value, _("Accepts")), (Response.DECLINED.value, _("Declines"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    responded_on = forms.DateField(
        label=_("Day of the answer"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say which day."), "invalid": _("Write a day as 2026-11-21.")},
    )


class EndForm(forms.Form):
    """The day on which the support was over."""

    ended_on = forms.DateField(
        label=_("Last day of the support"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say which day."), "invalid": _("Write a day as 2026-11-21.")},
    )


class ExclusionForm(forms.Form):
    """An organizer to take out of the frame."""

    organizer = forms.CharField(
        label=_("Organization number or name"),
        max_length=200,
        help_text=_("Ten digits with or without a hyphen, or the whole name."),
        error_messages={"required": _("Say which organizer.")},
    )
    kind = forms.ChoiceField(label=_("Kind of reason"), error_messages={"required": _("Choose a kind.")})
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Stands in the full protocol. The public one shows how many were taken out, by kind."),
        error_messages={"required": _("Write why.")},
    )

    def __init__(self, *args, **kwargs) -> None:
        from samspel.selection.models import ExclusionKind

        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = ExclusionKind.choices
