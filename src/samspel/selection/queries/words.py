"""The rules of a round in words: for pages, protocols and the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from samspel.registry.models import County, OrganizerType, Slice
from samspel.selection.rules.criteria import Criterion, YearRule
from samspel.selection.rules.numbers import decimal_text
from samspel.selection.rules.settings import RoundRules, StrataRules

PUBLISHED = gettext_lazy("Published")

REASONS: Mapping[str, Any] = {
    "organizer_type": gettext_lazy("Another type of organizer"),
    "federation_left_out": gettext_lazy("Federation, left out by the round's rule"),
    "school_form": gettext_lazy("None of the school forms"),
    "already_in": gettext_lazy("In the scheme or an earlier round already"),
    "excluded": gettext_lazy("Taken out one by one, with a reason"),
    "pupils_unknown": gettext_lazy("Number of pupils not known"),
    "too_few_pupils": gettext_lazy("Too few pupils"),
    "value_missing": gettext_lazy("A figure is missing"),
}
WHOSE: Mapping[str, Any] = {
    Slice.ALL: gettext_lazy("Counts everybody in the municipality, whoever runs the schools."),
    Slice.MUNICIPAL: gettext_lazy("Counts the municipal schools."),
    Slice.PRIVATE: gettext_lazy("Counts the independent schools."),
}
DIRECTIONS = {
    "higher_is_greater_need": gettext_lazy("A higher figure is greater need"),
    "lower_is_greater_need": gettext_lazy("A lower figure is greater need"),
}
TRANSFORMS = {
    "z_score": gettext_lazy("Z-score (how many standard deviations from the mean)"),
    "percentile_rank": gettext_lazy("Percentile rank (the share with a lower figure)"),
    "min_max": gettext_lazy("Min–max (0 for the lowest figure, 1 for the highest)"),
}
MISSING = {
    "refuse": gettext_lazy("The round stops until the figure is there"),
    "exclude_subject": gettext_lazy("The organizer is left out of the frame"),
    "median": gettext_lazy("The median of all is put in"),
    "median_of_stratum": gettext_lazy("The median of its stratum is put in"),
    "neutral": gettext_lazy("It counts as the mean"),
}
YEAR_RULES = {
    "latest": gettext_lazy("The latest year there is"),
    "exact": gettext_lazy("Just this year"),
    "latest_not_after": gettext_lazy("The latest year up to and including"),
    "mean_of_latest": gettext_lazy("The mean of the latest years, so many"),
}
FEDERATIONS = {
    "own_row_only": gettext_lazy("A federation counts by figures of its own only"),
    "population_weighted_mean_of_members": gettext_lazy(
        "A federation counts by the mean of its members, weighted by population"
    ),
    "leave_out": gettext_lazy("Federations are left out"),
}
MODES = {
    "pairs": gettext_lazy("Pairs drawn by lot"),
    "greatest_need": gettext_lazy("Those of greatest need, with a reserve list"),
}
STRATA = {
    "organizer_type": gettext_lazy("Type of organizer"),
    "size_class": gettext_lazy("Size class"),
    "county": gettext_lazy("County"),
}
SIZES = {"population": gettext_lazy("Population"), "pupils": gettext_lazy("Pupils")}
STANDINGS: Mapping[str, Any] = {
    "offered": pgettext_lazy("of one organizer", "Offered"),
    "reserve": gettext_lazy("On the list of those who come next"),
    "compared": gettext_lazy("Comparison group: the other one of the pair was drawn"),
    "compared_further": gettext_lazy("Comparison in a further pair"),
    "paired": gettext_lazy("Paired, not drawn yet"),
    "leftover": gettext_lazy("Left over: nobody alike in the stratum"),
    "leftover_further": gettext_lazy("Left over among the further pairs"),
    "not_reached": gettext_lazy("In the frame, not reached"),
    "left_out": gettext_lazy("Not in the frame"),
    "unknown": gettext_lazy("Not considered"),
}
WHY_NOT: Mapping[str, Any] = {
    "nobody_beyond": gettext_lazy("Nothing: the whole frame stands on this side of the limit."),
    "no_weight": gettext_lazy("Nothing: the criterion has no weight."),
    "all_equal": gettext_lazy("Nothing: all have the same figure."),
    "beyond_bounds": gettext_lazy("Nothing: it would have taken a figure that cannot be."),
    "out_of_reach": gettext_lazy("Nothing: no figure would have been enough."),
}
MARKS: Mapping[str, Any] = {
    "missing": gettext_lazy("No figure"),
    "suppressed": gettext_lazy("Withheld: too few pupils"),
    "exact": gettext_lazy("Published figure"),
    "interval": gettext_lazy("Close to 100 percent"),
    "approximate": gettext_lazy("Rounded by the publisher"),
    "computed": gettext_lazy("Reckoned here from several figures"),
}
ALL = pgettext_lazy("the one stratum there is without strata", "All together")


def reason(code: str) -> Any:
    """Why somebody is not in the frame."""
    return REASONS.get(code, code)


def choice(rules: RoundRules) -> list[str]:
    """How many are chosen and how, a sentence each."""
    chosen = rules.choice
    if chosen.mode == "pairs":
        return [
            _("The %(number)s of greatest need are paired within their strata, and one of each pair is drawn by lot.")
            % {"number": chosen.limit},
            _("That makes at most %(pairs)s pairs; %(further)s further pairs are formed of the next in need.")
            % {"pairs": chosen.pairs, "further": chosen.further_pairs},
            _("A no moves nobody up: the pair stays and is analysed as offered."),
        ]
    return [
        _("The %(number)s of greatest need are offered.") % {"number": chosen.offers},
        ngettext(
            "The reserve list holds the next %(number)s.",
            "The reserve list holds the next %(number)s.",
            chosen.reserves,
        )
        % {"number": chosen.reserves},
    ]


def criterion(one: Criterion) -> list[str]:
    """How a criterion's figure becomes need, a sentence each."""
    return [
        _("Weight %(weight)s.") % {"weight": number_format(decimal_text(one.weight))},
        f"{DIRECTIONS[one.direction]}.",
        f"{TRANSFORMS[one.transform]}.",
        f"{year(one.year)}.",
        str(WHOSE[one.slice]) if one.slice in WHOSE else _("Schools: %(whose)s.") % {"whose": _slice(one.slice)},
        _("If a figure is missing: %(rule)s.") % {"rule": _lower(MISSING[one.missing])},
    ]


def year(rule: YearRule) -> str:
    """Which year counts."""
    words = str(YEAR_RULES[rule.rule])
    if rule.rule == "mean_of_latest":
        return f"{words}: {rule.years}"
    if rule.rule == "latest_not_after":
        return f"{words} {rule.period}"
    return f"{words}: {rule.period}" if rule.period else words


def _slice(key: str) -> str:
    return str(dict(Slice.choices).get(key, key)).lower()


def strata(rules: RoundRules) -> str:
    """Within which groups pairs are formed."""
    if not rules.strata.by:
        return str(ALL)
    return ", ".join(_strata_key(key, rules.strata) for key in rules.strata.by)


def frame(rules: RoundRules) -> list[str]:
    """Who can be chosen at all, a sentence each."""
    types = dict(OrganizerType.choices)
    kinds = ", ".join(str(types.get(kind, kind)) for kind in rules.frame.organizer_types)
    sentences = [_("Types of organizer: %(types)s.") % {"types": kinds}]
    if rules.frame.school_forms:
        sentences.append(_("With any of the school forms %(forms)s.") % {"forms": ", ".join(rules.frame.school_forms)})
    if rules.frame.least_pupils:
        sentences.append(
            _("At least %(number)s pupils (%(year)s).")
            % {"number": rules.frame.least_pupils, "year": rules.frame.pupils_period}
        )
    if rules.frame.not_already_in:
        sentences.append(_("Not already in: %(keys)s.") % {"keys": ", ".join(rules.frame.not_already_in)})
    sentences.append(f"{FEDERATIONS[rules.federations]}.")
    return sentences


def stratum(parts: Sequence[str], rules: StrataRules, counties: Mapping[str, str]) -> str:
    """A stratum in words; `counties` is code to name."""
    if not parts:
        return str(ALL)
    types = dict(OrganizerType.choices)
    words = []
    for key, part in zip(rules.by, parts, strict=False):
        if key == "county":
            words.append(counties.get(part, part or _("no county")))
        elif key == "size_class":
            words.append(size_class(part, rules))
        else:
            words.append(str(types.get(part, part)))
    return ", ".join(words)


def size_class(part: str, rules: StrataRules) -> str:
    """A size class by its bounds."""
    if not part.isdigit():
        return _("size not known")
    place, bounds = int(part), rules.bounds
    if place == 0:
        return _("below %(number)s") % {"number": number_format(bounds[0], force_grouping=True)}
    least = number_format(bounds[place - 1], force_grouping=True)
    if place == len(bounds):
        return _("%(number)s or more") % {"number": least}
    return _("%(least)s to below %(most)s") % {
        "least": least,
        "most": number_format(bounds[place], force_grouping=True),
    }


def counties() -> dict[str, str]:
    """County code to name."""
    return dict(County.objects.values_list("code", "name"))


def _strata_key(key: str, rules: StrataRules) -> str:
    if key != "size_class":
        return str(STRATA[key])
    bounds = ", ".join(number_format(bound, force_grouping=True) for bound in rules.bounds)
    return f"{STRATA[key]} ({str(SIZES[rules.size_of]).lower()}: {bounds})"


def _lower(words: Any) -> str:
    text = str(words)
    return text[:1].lower() + text[1:]
