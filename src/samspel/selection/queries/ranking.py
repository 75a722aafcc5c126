"""Rows of a ranking as pages show them, from the frozen document or, in a draft, from a trial with today's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from samspel.kernel.values.sorting import search_key, sort_key
from samspel.registry.models import County, Organizer
from samspel.selection.models import Round
from samspel.selection.queries import words
from samspel.selection.queries.results import result_of
from samspel.selection.queries.trials import attempt
from samspel.selection.rules.frame import LeftOut
from samspel.selection.rules.numbers import nano_decimal
from samspel.selection.rules.problems import Problem
from samspel.selection.rules.result import Result
from samspel.selection.rules.scoring import Ranked


@dataclass(frozen=True, slots=True)
class Row:
    """One rank: who, where, its stratum, its score and parts (criterion key to part), and what came of it."""

    rank: int
    number: str
    name: str
    sort_key: str
    search_key: str
    county_code: str
    county: str
    stratum: str
    score: Decimal
    parts: Mapping[str, Decimal]
    standing: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking, and whether it is only what today's figures would give (`problems` say why there is none)."""

    is_provisional: bool
    result: Result | None
    problems: tuple[Problem, ...] = ()


def ranking_of(round: Round, at: datetime) -> Ranking:
    """The ranking of a round: the frozen one, or a trial before the freeze. For those who may see the figures."""
    if round.frozen_at is not None:
        return Ranking(False, result_of(round))
    trial = attempt(round, at)
    return Ranking(True, trial.result, trial.problems)


def rows_of(result: Result) -> list[Row]:
    """Every rank in order, in two queries."""
    counties = words.counties()
    standings = standings_of(result)
    return [_row(result, ranked, counties, standings) for ranked in result.scored.ranking()]


def standings_of(result: Result) -> dict[str, str]:
    """Organization number to where it came to stand (a code of words.STANDINGS), for everybody in the frame."""
    if not result.is_by_lot:
        return {one.subject.organization_number: _by_rank(result, one) for one in result.scored.ranking()}
    found = dict.fromkeys(result.scored.places, "not_reached")
    touched = [number for pair in result.paired.pairs for number in pair.numbers]
    touched += [leftover.ranked.subject.organization_number for leftover in result.paired.leftovers]
    found.update(dict.fromkeys(touched, "paired"))
    for leftover in result.paired.leftovers:
        code = "leftover_further" if leftover.is_further else "leftover"
        found[leftover.ranked.subject.organization_number] = code
    for drawn in result.drawn:
        is_further = drawn.pair.is_further
        found[drawn.drawn.subject.organization_number] = "reserve" if is_further else "offered"
        found[drawn.compared.subject.organization_number] = "compared_further" if is_further else "compared"
    return found


def names_by_number(result: Result) -> dict[str, str]:
    """Organization number to name, of all who were considered, as they were called when it was frozen."""
    return {subject.organization_number: subject.name for subject in result.snapshot.subjects}


def left_out_of(result: Result) -> list[tuple[LeftOut, str]]:
    """Everybody not in the frame with the reason in words, in Swedish alphabetical order."""
    ordered = sorted(result.frame.left_out, key=lambda out: sort_key(out.subject.name))
    return [(out, str(words.reason(out.reason))) for out in ordered]


def find(result: Result, written: str) -> str | None:
    """The organization number of somebody in the frame, by number or whole name; None when there is none."""
    digits = "".join(letter for letter in written if letter.isdigit())
    if digits in result.scored.places:
        return digits
    wanted = search_key(written)
    for subject in result.frame.inside:
        if wanted and search_key(subject.name) == wanted:
            return subject.organization_number
    return None


def organizer_of(written: str) -> Organizer | None:
    """An organizer by organization number or whole name; None when there is none, or several of that name."""
    digits = "".join(letter for letter in written if letter.isdigit())
    if len(digits) >= 10:
        return Organizer.objects.filter(organization_number=digits[-10:]).first()
    found = list(Organizer.objects.filter(search_key=search_key(written), ended_on__isnull=True)[:2])
    return found[0] if len(found) == 1 else None


def county_choices() -> list[tuple[str, Any]]:
    """Counties in Swedish order."""
    return list(County.objects.values_list("code", "name"))


def _row(result: Result, ranked: Ranked, counties: Mapping[str, str], standings: Mapping[str, str]) -> Row:
    subject = ranked.subject
    return Row(
        rank=ranked.rank,
        number=subject.organization_number,
        name=subject.name,
        sort_key=sort_key(subject.name),
        search_key=search_key(subject.name),
        county_code=subject.county,
        county=counties.get(subject.county, ""),
        stratum=words.stratum(ranked.stratum, result.snapshot.rules.strata, counties),
        score=ranked.score_decimal,
        parts={key: nano_decimal(part) for key, part in ranked.parts.items()},
        standing=standings[subject.organization_number],
    )


def _by_rank(result: Result, ranked: Ranked) -> str:
    choice = result.snapshot.rules.choice
    if ranked.rank <= choice.limit:
        return "offered"
    return "reserve" if ranked.rank <= choice.further_limit else "not_reached"
