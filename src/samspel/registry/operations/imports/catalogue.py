"""Indicators and their definitions in the database, as the catalogue of the program tells them."""

from __future__ import annotations

from collections.abc import Iterable

from samspel.registry.models import Indicator, IndicatorDefinition
from samspel.registry.rules.official import IndicatorDefinition as Told
from samspel.registry.rules.official import indicators

TOLD_OF_INDICATOR = ["name_sv", "name_en", "unit_of_measure", "authority", "decimals", "series_breaks"]
TOLD_OF_DEFINITION = ["from_period", "caveat_sv", "caveat_en", "change_sv", "change_en"]


def definition_ids(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Those of the definitions that the database has already."""
    wanted = set(wanted)
    keys = {key for key, _version in wanted}
    rows = IndicatorDefinition.objects.filter(indicator_id__in=keys).values_list("indicator_id", "version", "pk")
    return {(key, version): pk for key, version, pk in rows if (key, version) in wanted}


def carry_in(wanted: Iterable[tuple[str, int]]) -> None:
    """Write the wanted indicators, with all their definitions, as the catalogue now words them: two statements."""
    told = [indicators()[key] for key in sorted({key for key, _version in wanted})]
    Indicator.objects.bulk_create(
        [_indicator(one) for one in told], update_conflicts=True, unique_fields=["key"], update_fields=TOLD_OF_INDICATOR
    )
    IndicatorDefinition.objects.bulk_create(
        [definition for one in told for definition in _definitions(one)],
        update_conflicts=True,
        unique_fields=["indicator", "version"],
        update_fields=TOLD_OF_DEFINITION,
    )


def _indicator(told: Told) -> Indicator:
    return Indicator(
        key=told.key,
        name_sv=told.name_sv,
        name_en=told.name_en,
        unit_of_measure=told.unit_of_measure,
        authority=told.authority,
        decimals=told.decimals,
        series_breaks=list(told.series_breaks),
    )


def _definitions(told: Told) -> list[IndicatorDefinition]:
    changes = {change.version: change for change in told.versions}
    return [
        IndicatorDefinition(
            indicator_id=told.key,
            version=version,
            from_period=changes[version].starts if version in changes else "",
            caveat_sv=told.caveat_sv,
            caveat_en=told.caveat_en,
            change_sv=changes[version].change_sv if version in changes else "",
            change_en=changes[version].change_en if version in changes else "",
        )
        for version in range(1, told.version + 1)
    ]
