"""What a new round begins with: the criteria its edition names, by the indicators that the registry has figures for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from samspel.registry.models import IndicatorValue, Slice
from samspel.schemes.models import Edition
from samspel.schemes.queries import rules_of
from samspel.schemes.rules.editions import Criterion

# First thoughts, to be changed: some forty greatest needs, among places of about the same size.
PAIRS, FURTHER = 20, 5
BOUNDS = [15_000, 50_000]


def first_rules(edition: Edition) -> dict[str, Any]:
    """Rules to begin with, as RoundRules writes them. Whole, as long as the registry has figures for each criterion."""
    said = rules_of(edition)
    known = slices_known(key for one in said.criteria for key in (*one.indicators, *one.stand_ins))
    return {
        "federations": "leave_out",
        "frame": {"organizer_types": ["municipality"], "school_forms": [], "not_already_in": [said.scheme]},
        "criteria": [_criterion(one, known) for one in said.criteria],
        "strata": {"by": ["size_class"], "size_of": "population", "bounds": BOUNDS},
        "choice": {"mode": "pairs", "pairs": PAIRS, "further_pairs": FURTHER},
    }


def slices_known(indicators: Iterable[str]) -> dict[str, set[str]]:
    """Indicator to the slices it has figures of municipalities or organizers for."""
    current = IndicatorValue.objects.filter(
        definition__indicator_id__in=list(indicators),
        superseded_by__isnull=True,
        subject_kind__in=["municipality", "organizer"],
    )
    known: dict[str, set[str]] = {}
    for indicator, slice_ in current.order_by().values_list("definition__indicator_id", "slice").distinct():
        known.setdefault(indicator, set()).add(slice_)
    return known


def _criterion(said: Criterion, known: Mapping[str, set[str]]) -> dict[str, Any]:
    indicator = next((key for key in said.indicators if key in known), said.indicators[0])
    stand_in = next((key for key in said.stand_ins if key in known), "")
    slices = known.get(indicator) or known.get(stand_in) or set()
    return {
        "key": said.key,
        "indicator": indicator,
        "stand_in": stand_in,
        "slice": Slice.MUNICIPAL.value if Slice.MUNICIPAL in slices or not slices else Slice.ALL.value,
        "year": {"rule": "latest"},
        "direction": "higher_is_greater_need",
        "transform": "z_score",
        "weight": "1",
        "missing": "refuse",
        "lowest": "0",
        "highest": "100",
    }
