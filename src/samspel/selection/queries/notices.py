"""What must be said beside a result, in sentences: stand-ins, figures put in, fewer pairs than stated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from samspel.registry.models import Indicator
from samspel.selection.queries.sources import name_of, names_of_indicators
from samspel.selection.rules.notices import Notice, notices
from samspel.selection.rules.result import Result

SENTENCES: Mapping[str, Any] = {
    "stand_in": gettext_lazy("{used} stands in for {wanted}, which has no official figures at hand."),
    "no_figures": gettext_lazy("{criterion}: nobody has a figure."),
    "all_equal": gettext_lazy("{criterion}: all have the same figure, so it tells nobody apart."),
    "filled_in": gettext_lazy("{criterion}: a median was put in for {count} without a figure."),
    "without_part": gettext_lazy("{criterion}: {count} without a figure got nothing for it."),
    "several_periods": gettext_lazy("{criterion}: figures of several years ({periods})."),
    "fewer_pairs": gettext_lazy("{pairs} pairs could be formed within the strata, of {stated}."),
    "fewer_further_pairs": gettext_lazy("{pairs} further pairs could be formed within the strata, of {stated}."),
    "fewer_subjects": gettext_lazy("The frame holds {subjects}, and the choice reaches {reaches}."),
}


def notices_of(result: Result) -> list[str]:
    """Everything to be said of a result: by criterion, then of the whole round."""
    names = names_of_indicators(result.snapshot.rules)
    return [_written(notice, result, names) for notice in notices(result)]


def _written(notice: Notice, result: Result, names: Mapping[str, Indicator]) -> str:
    facts = dict(notice.facts)
    if notice.criterion:
        key = result.snapshot.rules.criterion(notice.criterion).indicator
        used = facts.get("stand_in", key)
        facts |= {"criterion": name_of(names.get(key), key), "used": name_of(names.get(used), used)}
        facts["wanted"] = facts["criterion"]
    return str(SENTENCES[notice.code]).format_map(facts)
