"""Indicators with their definitions, in the language being read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspel.registry.models import Indicator, IndicatorDefinition
from samspel.registry.queries import figures

UNITS: dict[str, Any] = {
    "percent": "%",
    "points": pgettext_lazy("unit of measure", "points"),
    "count": "",
    "sek": "kr",
    "sek_thousand": pgettext_lazy("unit of measure", "thousand kr"),
    "ratio": "",
    "fte": pgettext_lazy("unit of measure", "full-time posts"),
    "grade_points": pgettext_lazy("unit of measure", "points"),
    "index": "",
}
UNIT_NAMES: dict[str, Any] = {
    "percent": _("percent"),
    "points": _("points"),
    "count": _("number"),
    "sek": _("kronor"),
    "sek_thousand": _("thousands of kronor"),
    "ratio": _("ratio"),
    "fte": _("full-time posts"),
    "grade_points": _("grade points"),
    "index": _("index"),
}


@dataclass(frozen=True)
class Worded:
    """An indicator in the language being read. `unit` is what stands after a figure."""

    key: str
    name: str
    caveat: str
    authority: str
    unit: Any
    decimals: int
    series_breaks: tuple[str, ...]


def worded(keys: Iterable[str]) -> dict[str, Worded]:
    """Key to the indicator's words, in two queries."""
    rows = Indicator.objects.filter(key__in=list(keys)).prefetch_related("definitions")
    return {row.key: _worded(row) for row in rows}


def _worded(row: Indicator) -> Worded:
    definitions = list(row.definitions.all())
    return Worded(
        key=row.key,
        name=name_of(row),
        caveat=caveat_of(definitions[-1]) if definitions else "",
        authority=row.authority,
        unit=UNITS.get(row.unit_of_measure, ""),
        decimals=row.decimals,
        series_breaks=tuple(row.series_breaks),
    )


def name_of(row: Indicator) -> str:
    """Its name in the language being read."""
    return row.name_en if get_language() == "en" else row.name_sv


def caveat_of(row: IndicatorDefinition) -> str:
    """What to mind, in the language being read."""
    return row.caveat_en if get_language() == "en" else row.caveat_sv


def change_of(row: IndicatorDefinition) -> str:
    """What changed with this definition, in the language being read."""
    return row.change_en if get_language() == "en" else row.change_sv


def all_by_name() -> QuerySet[Indicator]:
    """Every indicator, by its name in the language being read."""
    return Indicator.objects.order_by("name_en" if get_language() == "en" else "name_sv", "key")


def sources_of(indicator: Indicator) -> list[dict[str, Any]]:
    """The files its figures stand in, newest extract first: title, day, years and how many, in one query."""
    rows = figures.current().filter(definition__indicator=indicator)
    grouped = rows.values("file__title", "file__name", "file__digest", "file__extracted_on").annotate(
        first=Min("period"), last=Max("period"), count=Count("id")
    )
    return list(grouped.order_by("-file__extracted_on", "file__name"))
