"""Where the figures of a frozen round come from: indicator, years, files and dates, criterion by criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from samspel.registry.models import ImportedFile, Indicator, IndicatorValue, Mark
from samspel.registry.rules.official.catalogue import indicators as known_indicators
from samspel.registry.rules.official.results import Kind
from samspel.selection.rules.criteria import Criterion
from samspel.selection.rules.result import Result
from samspel.selection.rules.settings import RoundRules
from samspel.selection.rules.subjects import Observation, Subject


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that figures were read from: its title as the publisher has it, the day of the extract, its SHA-256."""

    title: str
    name: str
    extracted_on: date | None
    digest: str


@dataclass(frozen=True, slots=True)
class CriterionSource:
    """What a criterion measured in a round, and where it was read. `wanted` differs from `indicator` for a stand-in."""

    criterion: Criterion
    indicator: str
    unit: str
    wanted: str
    is_stand_in: bool
    authority: str
    caveat: str
    periods: tuple[str, ...]
    files: tuple[SourceFile, ...]
    # What the rows themselves name as their source, where a plain table was imported.
    stated: tuple[str, ...]
    marks: Mapping[str, int]


def sources_of(result: Result) -> list[CriterionSource]:
    """The sources of a frozen round's criteria, in their order, in a fixed number of queries."""
    rules, subjects = result.snapshot.rules, result.frame.inside
    observed = {criterion.key: _observations(criterion, subjects) for criterion in rules.criteria}
    digests = {source.file for found in observed.values() for one in found for source in one.sources}
    files, names, stated = files_by_digest(digests), names_of_indicators(rules), _stated(digests, rules)
    return [_source(criterion, observed[criterion.key], files, names, stated) for criterion in rules.criteria]


def files_by_digest(digests: Iterable[str]) -> dict[str, SourceFile]:
    """The files with these digests. The same file imported twice counts once, at its first extract."""
    rows = ImportedFile.objects.filter(digest__in=list(digests)).order_by("-id")
    return {row.digest: SourceFile(row.title or row.name, row.name, row.extracted_on, row.digest) for row in rows}


def names_of_indicators(rules: RoundRules) -> dict[str, Indicator]:
    """The indicators a round's criteria name, by key."""
    keys = {key for criterion in rules.criteria for key in (criterion.indicator, criterion.stand_in) if key}
    return Indicator.objects.prefetch_related("definitions").in_bulk(keys)


def name_of(indicator: Indicator | None, key: str) -> str:
    """An indicator's name in the language being read: as the registry has it, else as it is known before any figure is
    imported; its key when nobody knows it."""
    known = indicator or known_indicators().get(key)
    if known is None:
        return key
    return known.name_en if get_language() == "en" else known.name_sv


def _stated(digests: Iterable[str], rules: RoundRules) -> dict[tuple[str, str], set[str]]:
    """(indicator, period) to what rows of plain tables name as source; other files say themselves what they are."""
    keys = {key for criterion in rules.criteria for key in (criterion.indicator, criterion.stand_in) if key}
    rows = IndicatorValue.objects.filter(
        definition__indicator_id__in=keys, file__digest__in=list(digests), file__kind=Kind.PLAIN_TABLE
    )
    found: dict[tuple[str, str], set[str]] = {}
    columns = ("definition__indicator_id", "period", "mark", "note")
    for indicator, period, mark, note in rows.order_by().values_list(*columns).distinct():
        # How the figure was written (`~100`, `cirka 270`) stands before the source.
        is_written = mark in (Mark.INTERVAL, Mark.APPROXIMATE)
        found.setdefault((indicator, period), set()).add(note.partition("; ")[2] if is_written else note)
    return found


def _observations(criterion: Criterion, subjects: Iterable[Subject]) -> list[Observation]:
    return [subject.observation(criterion.key) for subject in subjects]


def _source(
    criterion: Criterion,
    observed: list[Observation],
    files: Mapping[str, SourceFile],
    names: Mapping[str, Indicator],
    stated: Mapping[tuple[str, str], set[str]],
) -> CriterionSource:
    used = next((one.indicator for one in observed if one.indicator), criterion.indicator)
    indicator = names.get(used)
    periods = {period for one in observed for period in one.period.split(", ") if period}
    digests = {source.file for one in observed for source in one.sources}
    return CriterionSource(
        criterion=criterion,
        indicator=name_of(indicator, used),
        unit=indicator.unit_of_measure if indicator else "",
        wanted=name_of(names.get(criterion.indicator), criterion.indicator),
        is_stand_in=any(one.stand_in for one in observed),
        authority=indicator.authority if indicator else "",
        caveat=_caveat(indicator),
        periods=tuple(sorted(periods, reverse=True)),
        stated=tuple(sorted(set().union(*(stated.get((used, period), set()) for period in periods)))),
        files=tuple(files.get(digest, SourceFile(digest[:12], "", None, digest)) for digest in sorted(digests)),
        marks=dict(sorted(Counter(one.mark for one in observed).items())),
    )


def _caveat(indicator: Any) -> str:
    definitions = list(indicator.definitions.all()) if indicator else []
    if not definitions:
        return ""
    return definitions[-1].caveat_en if get_language() == "en" else definitions[-1].caveat_sv
