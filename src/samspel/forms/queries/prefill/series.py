"""Published figures of who an answer is about, kept in it as they stood when they were fetched."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import override

from samspel.forms.models import Answer
from samspel.kernel.ui.figures import figure_text
from samspel.registry.models import Slice
from samspel.registry.queries import figures, indicators, organizers
from samspel.registry.queries.figures import PublishedFigure

MOST_PERIODS: Final = 10


def series_of(answer: Answer, keys: Collection[str], at: datetime) -> dict[str, dict[str, Any]]:
    """Indicator to {"indicator", "as_of", "values": [{"period", "text", "mark"}]}, oldest period first, at most ten.

    Of a school unit its own figures; of an organizer its own, or, of a municipal one, those of the municipality's
    schools. Indicators without a figure are left out. What is withheld stays so: its text is the sign for it, never a
    number. In a fixed number of queries. as_of: the day they were fetched.
    """
    rows = _rows(answer, keys)
    words = indicators.worded({row.indicator for row in rows}) if rows else {}
    found: dict[str, dict[str, dict[str, str]]] = {}
    with override("sv"):
        for row in rows:
            # Of two definitions of one period the newer comes last, and is the one that stands.
            worded = words[row.indicator]
            text = figure_text(row.figure(worded.decimals, worded.unit))
            found.setdefault(row.indicator, {})[row.period] = {"period": row.period, "text": text, "mark": row.mark}
    day = timezone.localdate(at).isoformat()
    return {
        key: {"indicator": key, "as_of": day, "values": [periods[one] for one in sorted(periods)[-MOST_PERIODS:]]}
        for key, periods in found.items()
    }


def _rows(answer: Answer, keys: Collection[str]) -> list[PublishedFigure]:
    if answer.school_unit is not None:
        return figures.values_for(keys, subject_kind=figures.SCHOOL_UNIT, subject_codes=[answer.school_unit.code])
    if answer.organizer is None:
        return []
    number = answer.organizer.organization_number
    organizer = organizers.organizers_by_number([number])[number]
    if municipality := organizers.own_municipality(organizer):
        return figures.municipal_values(keys, municipality_codes=[municipality])
    return figures.values_for(keys, subject_kind=figures.ORGANIZER, subject_codes=[number], slice=Slice.ALL)
