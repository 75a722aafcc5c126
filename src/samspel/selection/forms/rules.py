"""The form of a round's rules: frame, strata, choice, and a criterion for each indicator that counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspel.registry.models import Indicator, IndicatorValue, OrganizerType, Slice
from samspel.registry.rules.official import INDICATORS
from samspel.schemes.queries import rules_of
from samspel.schemes.rules.school_forms import names_on
from samspel.selection.models import Round, RoundState
from samspel.selection.queries import words
from samspel.selection.rules.numbers import decimal_text

NUMBER = {
    "invalid": _("Write a number."),
    "min_value": _("Write a larger number."),
    "max_value": _("Write a smaller number."),
}
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?", re.ASCII)
_WEIGHT = re.compile(r"(0|[1-9][0-9]{0,3})(\.[0-9]{1,6})?", re.ASCII)


class NumberText(forms.CharField):
    """A number written with a decimal comma or point, kept as the text that the rules' document has."""

    def clean(self, value: Any) -> str:
        """The number in one way of writing it, or nothing."""
        text = str(super().clean(value)).replace(",", ".").replace(" ", "").replace("\u2212", "-")
        if not text:
            return ""
        # Looked at before it is read: an exponent would make it as long as it likes.
        if not _NUMBER.fullmatch(text):
            raise forms.ValidationError(_("Write a number, such as 0,5."))
        return decimal_text(Decimal(text))


class BoundsField(forms.CharField):
    """Whole numbers with commas or spaces between, rising."""

    def clean(self, value: Any) -> list[int]:
        """The numbers in order."""
        parts = re.split(r"[\s,;]+", str(super().clean(value)).strip())
        if any(not part.isascii() or not part.isdigit() for part in parts if part):
            raise forms.ValidationError(_("Write whole numbers with commas between, such as 15000, 50000."))
        return sorted({int(part) for part in parts if part})


class RulesForm(forms.Form):
    """Everything but the criteria."""

    title = forms.CharField(label=_("Title"), max_length=200, error_messages={"required": _("Give it a title.")})
    evaluation_closes_on = forms.DateField(
        label=_("The evaluation closes"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until that day ranking, pairs, seed and comparison group are not public."),
        error_messages={"required": _("Say which day."), "invalid": _("Write a day as 2026-11-21.")},
    )
    publish_by = forms.DateField(
        label=_("To be published by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day as 2026-11-21.")},
    )
    organizer_types = forms.MultipleChoiceField(
        label=_("Types of organizer"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one type.")},
    )
    federations = forms.ChoiceField(label=_("Figures of a federation"), choices=list(words.FEDERATIONS.items()))
    school_forms = forms.MultipleChoiceField(
        label=_("School forms"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("An organizer needs at least one of these in the register of school units. None: not asked for."),
    )
    least_pupils = forms.IntegerField(
        label=_("Least number of pupils"), required=False, min_value=1, max_value=1_000_000, error_messages=NUMBER
    )
    pupils_indicator = forms.ChoiceField(label=_("Indicator of pupils"), required=False)
    pupils_period = forms.CharField(
        label=_("Year of the pupils"), required=False, max_length=7, help_text=_("As 2024/25 or 2024.")
    )
    not_already_in = forms.MultipleChoiceField(
        label=_("Not already in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Organizers that are in one of these stay out of the frame."),
    )
    strata_by = forms.MultipleChoiceField(
        label=_("Strata"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(words.STRATA.items()),
        help_text=_("Pairs are formed within strata only. None: all together."),
    )
    size_of = forms.ChoiceField(label=_("Size is"), choices=list(words.SIZES.items()))
    bounds = BoundsField(
        label=_("Bounds of the size classes"),
        required=False,
        help_text=_("Where each class begins, such as 15000, 50000. Needed when size class is a stratum."),
    )
    mode = forms.ChoiceField(
        label=_("How they are chosen"), choices=list(words.MODES.items()), widget=forms.RadioSelect
    )
    pairs = forms.IntegerField(
        label=_("Pairs (N)"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("The 2N of greatest need are paired."),
        error_messages=NUMBER,
    )
    further_pairs = forms.IntegerField(
        label=_("Further pairs"),
        required=False,
        min_value=0,
        max_value=10_000,
        help_text=_("Formed of the next in need and drawn in the same run, for extra offers."),
        error_messages=NUMBER,
    )
    offers = forms.IntegerField(
        label=_("Offers (N)"), required=False, min_value=1, max_value=10_000, error_messages=NUMBER
    )
    reserves = forms.IntegerField(
        label=_("Length of the reserve list"), required=False, min_value=0, max_value=10_000, error_messages=NUMBER
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = rules_of(round.edition)
        types = dict(OrganizerType.choices)
        language = "en" if get_language() == "en" else "sv"
        names = names_on(said.school_forms, round.edition.valid_from, language)
        self.fields["organizer_types"].choices = [(key, types[key]) for key in said.organizer_types]
        self.fields["school_forms"].choices = list(zip(said.school_forms, names, strict=True))
        self.fields["not_already_in"].choices = _entered(round)
        self.fields["pupils_indicator"].choices = [("", _("None")), *indicator_choices(round.rules)]

    def clean(self) -> dict[str, Any]:
        """What is asked for depends on the mode."""
        cleaned = super().clean() or {}
        needed = {"pairs": ["pairs"], "greatest_need": ["offers"]}.get(cleaned.get("mode", ""), [])
        for name in needed:
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Say how many."))
        if cleaned.get("least_pupils") and not (cleaned.get("pupils_indicator") and cleaned.get("pupils_period")):
            self.add_error("least_pupils", _("Say also by which indicator and year."))
        return cleaned


class CriterionForm(forms.Form):
    """One criterion."""

    indicator = forms.ChoiceField(label=_("Indicator"), error_messages={"required": _("Choose an indicator.")})
    stand_in = forms.ChoiceField(
        label=_("Stand-in"), required=False, help_text=_("Used, and said so, if nobody has a figure of the indicator.")
    )
    slice = forms.ChoiceField(label=_("Whose schools"), choices=Slice.choices)
    year_rule = forms.ChoiceField(label=_("Year"), choices=list(words.YEAR_RULES.items()))
    year_period = forms.CharField(
        label=_("Which year"), required=False, max_length=7, help_text=_("As 2024/25 or 2024.")
    )
    years = forms.IntegerField(
        label=_("How many years"), required=False, min_value=2, max_value=10, error_messages=NUMBER
    )
    direction = forms.ChoiceField(label=_("Direction"), choices=list(words.DIRECTIONS.items()))
    transform = forms.ChoiceField(
        label=pgettext_lazy("how figures are made comparable", "Transform"), choices=list(words.TRANSFORMS.items())
    )
    weight = NumberText(label=_("Weight"), max_length=12, error_messages={"required": _("Write a weight.")})
    missing = forms.ChoiceField(label=_("If a figure is missing"), choices=list(words.MISSING.items()))
    lowest = NumberText(label=_("Lowest possible figure"), required=False, max_length=20)
    highest = NumberText(label=_("Highest possible figure"), required=False, max_length=20)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=50)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {key for key, _label in choices}
        # A draft may name an indicator without figures yet: it stays, and the page says what is missing.
        own = [self.initial.get("indicator", ""), self.initial.get("stand_in", "")]
        extra = [(key, key) for key in own if key and key not in known]
        self.fields["indicator"].choices = [*choices, *extra]
        self.fields["stand_in"].choices = [("", _("None")), *choices, *extra]

    def clean_weight(self) -> str:
        """From 0 to 1000, six decimals."""
        weight = self.cleaned_data["weight"]
        if not _WEIGHT.fullmatch(weight) or Decimal(weight) > 1000:
            raise forms.ValidationError(_("Write a weight from 0 to 1000 with at most six decimals."))
        return weight

    def clean(self) -> dict[str, Any]:
        """The year rule says what goes with it."""
        cleaned = super().clean() or {}
        rule = cleaned.get("year_rule")
        if rule in ("exact", "latest_not_after") and not cleaned.get("year_period"):
            self.add_error("year_period", _("Say which year."))
        if rule == "mean_of_latest" and not cleaned.get("years"):
            self.add_error("years", _("Say how many years."))
        return cleaned


CriterionFormSet = forms.formset_factory(CriterionForm, extra=0, can_delete=True, max_num=32, validate_max=True)


def indicator_choices(rules: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Indicators that some municipality or organizer has a figure of, and those that the rules name, by name.

    What the rules name may have no figures yet (mother tongue, until somebody imports it): a stand-in is used then.
    """
    figures = IndicatorValue.objects.filter(
        definition__indicator=OuterRef("pk"), superseded_by__isnull=True, subject_kind__in=["municipality", "organizer"]
    )
    is_english = get_language() == "en"
    named = {one.key: one.name_en if is_english else one.name_sv for one in Indicator.objects.filter(Exists(figures))}
    for key in _indicators_of(rules) - set(named):
        known = INDICATORS.get(key)
        name = (known.name_en if is_english else known.name_sv) if known else key
        named[key] = _("%(name)s: no figures yet") % {"name": name}
    return sorted(((key, f"{name} ({key})") for key, name in named.items()), key=lambda choice: choice[1].casefold())


def _indicators_of(rules: Mapping[str, Any]) -> set[str]:
    """The keys of indicators that rules name, also rules that are not whole."""
    rows = rules.get("criteria")
    criteria = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    found = [row.get(name) for row in criteria for name in ("indicator", "stand_in")]
    frame = rules.get("frame")
    found.append(frame.get("pupils_indicator") if isinstance(frame, Mapping) else None)
    return {key for key in found if isinstance(key, str) and key}


def _entered(round: Round) -> list[tuple[str, Any]]:
    schemes = [(round.edition.scheme_id, _("The scheme itself, now"))]
    earlier = Round.objects.filter(state=RoundState.ACCEPTED, is_exercise=False).exclude(pk=round.pk)
    return [*schemes, *earlier.order_by("-accepted_at").values_list("slug", "title")]
