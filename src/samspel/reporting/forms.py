"""The filters of the list and the map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.registry.models import County, OrganizerType
from samspel.reporting.queries.support import STATUS_LABELS, published_rounds, scheme_name
from samspel.reporting.rules import alphabet, sought
from samspel.reporting.rules.sought import Sought
from samspel.reporting.rules.status import Status
from samspel.schemes.models import Scheme

_STATUSES = [(str(status), STATUS_LABELS[status]) for status in (Status.OFFERED, Status.CURRENT, Status.ENDED)]


class MapFilter(forms.Form):
    """What the map can be narrowed to. A value that is none of the choices is said to be wrong and left out."""

    use_required_attribute = False
    status_choices: list[tuple[str, Any]] = [("", _("Offered, current and ended")), *_STATUSES]

    program = forms.ChoiceField(label=_("Programme"), required=False)
    omgang = forms.ChoiceField(label=_("Selection round"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    lan = forms.ChoiceField(label=_("County"), required=False)
    visa = forms.ChoiceField(
        label=pgettext_lazy("filter", "Show"),
        required=False,
        choices=[
            ("", pgettext_lazy("filter", "Support")),
            ("ovningar", _("Exercises")),
            ("bada", _("Support and exercises")),
        ],
    )

    _ROUNDS = {"": sought.SUPPORT, "ovningar": sought.EXERCISES, "bada": sought.BOTH}

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.rounds = list(published_rounds())
        schemes = [(scheme.slug, scheme_name(scheme)) for scheme in Scheme.objects.all()]
        counties = [(county.code, county.name) for county in County.objects.all()]
        self.fields["program"].choices = [("", _("All programmes")), *schemes]
        self.fields["omgang"].choices = [("", _("All rounds")), *((r.slug, _named(r)) for r in self.rounds)]
        self.fields["status"].choices = self.status_choices
        self.fields["lan"].choices = [("", _("The whole country")), *counties]

    @property
    def asked(self) -> Sought:
        """What is asked, as far as it can be understood."""
        self.full_clean()
        given = self.cleaned_data
        return Sought(
            scheme=given.get("program", ""),
            round=given.get("omgang", ""),
            status=given.get("status", ""),
            rounds=self._ROUNDS[given.get("visa", "")],
            type=given.get("typ", ""),
            county=given.get("lan", ""),
            text=given.get("q", ""),
            letter=given.get("bokstav", ""),
        )


class ListFilter(MapFilter):
    """What the list can be narrowed to."""

    status_choices = [*MapFilter.status_choices, (sought.EVERYONE, _("All organizers in the register"))]

    typ = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("All types")), *OrganizerType.choices])
    q = forms.CharField(label=_("Name or organization number"), required=False, max_length=100)
    bokstav = forms.ChoiceField(
        required=False,
        choices=[("", ""), *((letter, letter) for letter in alphabet.LETTERS)],
        widget=forms.HiddenInput,
    )

    field_order = ["q", "program", "omgang", "status", "typ", "lan", "visa", "bokstav"]


def _named(round: Any) -> str:
    return f"{round.title} ({_('exercise')})" if round.is_exercise else round.title
