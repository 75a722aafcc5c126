"""Between the form of the rules and their document: what was filled in, and what stands there already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from samspel.selection.forms.rules import RulesForm
from samspel.selection.models import Round


def initial_of(round: Round) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What stands in a round's rules, for the form and for its criteria. Safe for rules that are not whole."""
    rules = round.rules
    frame, strata, choice = (_table(rules.get(key)) for key in ("frame", "strata", "choice"))
    initial = {
        "title": round.title,
        "evaluation_closes_on": round.evaluation_closes_on,
        "publish_by": round.publish_by,
        "federations": rules.get("federations", "leave_out"),
        "strata_by": strata.get("by", []),
        "size_of": strata.get("size_of", "population"),
        "bounds": ", ".join(str(bound) for bound in strata.get("bounds", [])),
        **{key: frame.get(key) for key in FRAME_KEYS},
        **{key: choice.get(key) for key in ("mode", "pairs", "further_pairs", "offers", "reserves")},
    }
    return initial, [_initial_criterion(_table(one)) for one in rules.get("criteria", [])]


FRAME_KEYS = (
    "organizer_types",
    "school_forms",
    "least_pupils",
    "pupils_indicator",
    "pupils_period",
    "not_already_in",
)


def document_of(form: RulesForm, criteria: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The rules' document of what was filled in; `criteria` are the cleaned criterion forms that are kept."""
    given = form.cleaned_data
    choice: dict[str, Any] = {"mode": given["mode"]}
    names = ("pairs", "further_pairs") if given["mode"] == "pairs" else ("offers", "reserves")
    choice.update({name: given[name] or 0 for name in names})
    return {
        "federations": given["federations"],
        "frame": {key: given[key] for key in FRAME_KEYS if given[key] not in (None, "", [])},
        "criteria": _with_keys([_criterion_document(one) for one in criteria]),
        "strata": {
            "by": given["strata_by"],
            "size_of": given["size_of"],
            "bounds": given["bounds"] if "size_class" in given["strata_by"] else [],
        },
        "choice": choice,
    }


def _criterion_document(given: Mapping[str, Any]) -> dict[str, Any]:
    year: dict[str, Any] = {"rule": given["year_rule"]}
    if given["year_rule"] in ("exact", "latest_not_after"):
        year["period"] = given["year_period"]
    if given["year_rule"] == "mean_of_latest":
        year["years"] = given["years"]
    plain = ("key", "indicator", "stand_in", "slice", "direction", "transform", "weight", "missing")
    bounds = {name: given[name] or None for name in ("lowest", "highest")}
    return {**{name: given[name] for name in plain}, "year": year, **bounds}


def _with_keys(criteria: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each with a key of its own: the one it had, or one made of its indicator."""
    taken: set[str] = set()
    for one in criteria:
        stem = one["key"] or re.sub(r"[^a-z0-9]+", "_", one["indicator"].lower()).strip("_")[:40]
        stem = stem if stem[:1].isalpha() else f"c_{stem}"
        key, number = stem, 2
        while key in taken:
            key, number = f"{stem}_{number}", number + 1
        one["key"] = key
        taken.add(key)
    return criteria


def _initial_criterion(one: Mapping[str, Any]) -> dict[str, Any]:
    year = _table(one.get("year"))
    return {
        **{key: one.get(key, "") for key in ("key", "indicator", "stand_in", "slice", "direction", "transform")},
        **{key: one.get(key, "") for key in ("weight", "missing", "lowest", "highest")},
        "year_rule": year.get("rule", "latest"),
        "year_period": year.get("period", ""),
        "years": year.get("years"),
    }


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
