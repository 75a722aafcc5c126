"""Scores and ranks: each part rounded to nine decimals, the score their exact sum, ties by organization number."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samspel.selection.rules.criteria import Criterion
from samspel.selection.rules.numbers import nano_decimal, units
from samspel.selection.rules.settings import RoundRules
from samspel.selection.rules.strata import Stratum, stratum_of
from samspel.selection.rules.subjects import Observation, Subject
from samspel.selection.rules.transforms import Transform, fit


@dataclass(frozen=True, slots=True)
class Ranked:
    """One rank: `score` and `parts` (criterion key to part) in billionths."""

    rank: int
    subject: Subject
    stratum: Stratum
    score: int
    parts: Mapping[str, int]

    @property
    def score_decimal(self) -> Decimal:
        """The score with nine decimals."""
        return nano_decimal(self.score)


@dataclass(frozen=True, slots=True)
class Scored:
    """The frame, scored. Places are positions in `subjects`, which stand by organization number.

    `parts` hold billionths by criterion, one array each, so that a hundred thousand subjects take a few megabytes.
    `filled_in` says what was put in for missing figures (criterion to place to units), `order` the places by rank.
    """

    rules: RoundRules
    subjects: Sequence[Subject]
    strata: Sequence[Stratum]
    transforms: Mapping[str, Transform]
    parts: Mapping[str, "array[int]"]
    filled_in: Mapping[str, Mapping[int, int]]
    totals: "array[int]"
    order: "array[int]"
    ranks: "array[int]"
    places: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.subjects)

    def at_rank(self, rank: int) -> Ranked:
        """The subject of a rank, from 1. IndexError outside."""
        if not 1 <= rank <= len(self.subjects):
            raise IndexError(rank)
        return self._ranked(self.order[rank - 1])

    def of(self, organization_number: str) -> Ranked:
        """Where an organizer stands. KeyError when it is not in the frame."""
        return self._ranked(self.places[organization_number])

    def ranking(self, first: int = 1, last: int | None = None) -> Iterator[Ranked]:
        """The ranks from first to last, both in; to the end when last is None."""
        for place in self.order[first - 1 : last]:
            yield self._ranked(place)

    def figure(self, criterion: str, place: int) -> int | None:
        """The figure that was transformed, in units: observed, or put in for a missing one; None when there is none."""
        value = self.subjects[place].observation(criterion).value
        return units(value) if value is not None else self.filled_in[criterion].get(place)

    def _ranked(self, place: int) -> Ranked:
        parts = {key: column[place] for key, column in self.parts.items()}
        return Ranked(self.ranks[place], self.subjects[place], self.strata[place], self.totals[place], parts)


def score(inside: Sequence[Subject], rules: RoundRules) -> Scored:
    """Score and rank the subjects of a frame (frame.draw_up). They may come in any order."""
    subjects = sorted(inside, key=lambda subject: subject.organization_number)
    strata = [stratum_of(subject, rules.strata) for subject in subjects]
    columns = {criterion.key: _column(criterion, subjects, strata) for criterion in rules.criteria}
    parts = {key: column.parts for key, column in columns.items()}
    totals = array("q", map(sum, zip(*parts.values(), strict=True)))
    # Sorting is stable and the subjects stand by organization number: that is the rule for ties.
    order = array("q", sorted(range(len(subjects)), key=lambda place: -totals[place]))
    return Scored(
        rules=rules,
        subjects=subjects,
        strata=strata,
        transforms={key: column.transform for key, column in columns.items()},
        parts=parts,
        filled_in={key: column.filled_in for key, column in columns.items()},
        totals=totals,
        order=order,
        ranks=_ranks(order),
        places={subject.organization_number: place for place, subject in enumerate(subjects)},
    )


def part(criterion: Criterion, transform: Transform, count: int) -> int:
    """A part of a score, in billionths: sign × weight × transformed value of a figure in units, rounded once."""
    return transform.scaled(count, *_multiplier(criterion))


def _multiplier(criterion: Criterion) -> tuple[int, int]:
    numerator, denominator = criterion.weight.as_integer_ratio()
    return criterion.sign * numerator, denominator


@dataclass(frozen=True, slots=True)
class _Column:
    transform: Transform
    parts: "array[int]"
    filled_in: Mapping[int, int]


def _column(criterion: Criterion, subjects: Sequence[Subject], strata: Sequence[Stratum]) -> _Column:
    figures = [_figure(subject.values.get(criterion.key)) for subject in subjects]
    transform = fit(criterion.transform, [count for count in figures if count is not None])
    filled_in = _fill_in(criterion, figures, strata)
    # Figures repeat (a share with one decimal has 1 001 values), so each is transformed once.
    by, over = _multiplier(criterion)
    different = {*figures, *filled_in.values()}
    known = {count: transform.scaled(count, by, over) for count in different if count is not None}
    # Where nothing is put in (neutral, or of weight 0), a missing figure gives 0.
    parts = array("q", (0 if count is None else known[count] for count in figures))
    for place, count in filled_in.items():
        parts[place] = known[count]
    return _Column(transform, parts, filled_in)


def _figure(observation: Observation | None) -> int | None:
    return None if observation is None or observation.value is None else units(observation.value)


def _fill_in(criterion: Criterion, figures: Sequence[int | None], strata: Sequence[Stratum]) -> dict[int, int]:
    if criterion.missing not in ("median", "median_of_stratum") or None not in figures:
        return {}
    of_all = median([count for count in figures if count is not None])
    by_stratum: dict[Stratum, int] = {}
    if criterion.missing == "median_of_stratum":
        by_stratum = _medians(figures, strata)
    # A stratum where nobody has a figure takes the median of all; where nobody at all has one nothing is put in.
    found = ((place, by_stratum.get(strata[place], of_all)) for place, count in enumerate(figures) if count is None)
    return {place: middle for place, middle in found if middle is not None}


def _medians(figures: Sequence[int | None], strata: Sequence[Stratum]) -> dict[Stratum, int]:
    grouped: dict[Stratum, list[int]] = {}
    for count, stratum in zip(figures, strata, strict=True):
        if count is not None:
            grouped.setdefault(stratum, []).append(count)
    return {stratum: middle for stratum, counts in grouped.items() if (middle := median(counts)) is not None}


def median(counts: Sequence[int]) -> int | None:
    """The middle figure, or halfway between the two middle ones: whole, since units are even. None of none."""
    if not counts:
        return None
    ordered = sorted(counts)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2


def _ranks(order: "array[int]") -> "array[int]":
    ranks = array("q", bytes(8 * len(order)))
    for rank, place in enumerate(order, start=1):
        ranks[place] = rank
    return ranks
