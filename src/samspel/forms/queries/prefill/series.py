"""Published figures of who an answer is about, kept in it as they stood when they were fetched."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import override

from samspel.forms.models import Answer
from samspel.kernel.ui.figures import figure_text
from samspel.registry.models import Organizer, Slice
from samspel.registry.queries import figures, indicators, organizers
from samspel.registry.queries.figures import PublishedFigure

MOST_PERIODS: Final = 10
Subject = tuple[str, str]


def series_of(answers: Sequence[Answer], keys: Collection[str], at: datetime) -> list[dict[str, dict[str, Any]]]:
    """Of each answer: indicator to {"indicator", "as_of", "values": [{"period", "text", "mark"}]}, oldest period first,
    at most ten.

    Of a school unit its own figures; of an organizer its own, or, of a municipal one, those of the municipality's
    schools. Indicators without a figure are left out. What is withheld stays so: its text is the sign for it, never a
    number. In a fixed number of queries however many answers. as_of: the day they were fetched.
    """
    subjects = _subjects(answers)
    rows = _rows(keys, set(filter(None, subjects)))
    words = indicators.worded({row.indicator for each in rows.values() for row in each}) if rows else {}
    day = timezone.localdate(at).isoformat()
    with override("sv"):
        told = {subject: _told(each, words, day) for subject, each in rows.items()}
    return [told.get(subject, {}) if subject else {} for subject in subjects]


def _told(rows: Sequence[PublishedFigure], words: Any, day: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows:
        # Of two definitions of one period the newer comes last, and is the one that stands.
        worded = words[row.indicator]
        text = figure_text(row.figure(worded.decimals, worded.unit))
        found.setdefault(row.indicator, {})[row.period] = {"period": row.period, "text": text, "mark": row.mark}
    return {
        key: {"indicator": key, "as_of": day, "values": [periods[one] for one in sorted(periods)[-MOST_PERIODS:]]}
        for key, periods in found.items()
    }


def _subjects(answers: Sequence[Answer]) -> list[Subject | None]:
    """(kind, code) by which the figures of each are found."""
    numbers = {one.organizer.organization_number for one in answers if one.organizer and not one.school_unit}
    known = organizers.organizers_by_number(numbers) if numbers else {}
    return [_subject(one, known) for one in answers]


def _subject(answer: Answer, known: Mapping[str, Organizer]) -> Subject | None:
    if answer.school_unit is not None:
        return figures.SCHOOL_UNIT, answer.school_unit.code
    if answer.organizer is None:
        return None
    number = answer.organizer.organization_number
    if municipality := organizers.own_municipality(known[number]):
        return figures.MUNICIPALITY, municipality
    return figures.ORGANIZER, number


def _rows(keys: Collection[str], subjects: Collection[Subject]) -> dict[Subject, list[PublishedFigure]]:
    found: dict[Subject, list[PublishedFigure]] = {}
    for kind in sorted({kind for kind, _code in subjects}):
        codes = sorted(code for one, code in subjects if one == kind)
        which = Slice.MUNICIPAL if kind == figures.MUNICIPALITY else Slice.ALL
        for row in figures.values_for(keys, subject_kind=kind, subject_codes=codes, slice=which):
            found.setdefault((row.subject_kind, row.subject_code), []).append(row)
    return found
