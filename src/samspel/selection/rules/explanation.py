"""Why: a score by its parts, one against another, and where an organizer came to stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from samspel.selection.rules.criteria import Criterion
from samspel.selection.rules.draw import DrawnPair
from samspel.selection.rules.frame import LeftOut
from samspel.selection.rules.numbers import from_units, nano_decimal
from samspel.selection.rules.pairing import Pair
from samspel.selection.rules.result import Result
from samspel.selection.rules.scoring import Ranked, Scored
from samspel.selection.rules.subjects import Observation
from samspel.selection.rules.transforms import PercentileRank


@dataclass(frozen=True, slots=True)
class ExplainedPart:
    """One part of a score.

    `figure` is the value that was transformed: the observed one, or what was put in for a missing one (`is_filled_in`),
    or None when the missing one gave 0. `constants` are those of the transform (mean and standard deviation, lowest and
    highest, or how many figures there are, lower and equal). `transformed` is rounded to nine decimals to be read;
    `part`, sign × weight × the unrounded transformed value, is rounded once.
    """

    criterion: Criterion
    observation: Observation
    figure: Decimal | None
    is_filled_in: bool
    all_equal: bool
    constants: Mapping[str, str]
    transformed: Decimal
    part: Decimal


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rank explained: `parts`, in the order of the criteria, sum exactly to `score`."""

    ranked: Ranked
    parts: tuple[ExplainedPart, ...]
    score: Decimal


@dataclass(frozen=True, slots=True)
class DifferingPart:
    """One criterion's share in the difference: `difference` = `first` - `second`."""

    criterion: Criterion
    first: Decimal
    second: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """Why one stands before the other: parts by the size of their effect, and their exact sum.

    With a difference of 0 the organization number decides, the lower first.
    """

    first: Ranked
    second: Ranked
    parts: tuple[DifferingPart, ...]
    difference: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an organizer came to stand.

    `code`: offered, reserve (also drawn of a further pair), compared, compared_further, paired (no lot yet), leftover,
    leftover_further, not_reached, left_out, or unknown when it was not considered at all.
    """

    code: str
    ranked: Ranked | None = None
    left_out: LeftOut | None = None
    pair: Pair | None = None
    drawn: DrawnPair | None = None


def explain(scored: Scored, organization_number: str) -> Explanation:
    """The parts of an organizer's score. KeyError when it is not in the frame."""
    ranked = scored.of(organization_number)
    place = scored.places[organization_number]
    parts = tuple(_part(scored, criterion, place) for criterion in scored.rules.criteria)
    return Explanation(ranked, parts, ranked.score_decimal)


def compare(scored: Scored, first: str, second: str) -> Comparison:
    """What tells two organizers apart. KeyError when one of them is not in the frame."""
    one, other = scored.of(first), scored.of(second)
    effects = {key: one.parts[key] - other.parts[key] for key in one.parts}
    parts = tuple(
        DifferingPart(
            scored.rules.criterion(key),
            nano_decimal(one.parts[key]),
            nano_decimal(other.parts[key]),
            nano_decimal(effect),
        )
        for key, effect in sorted(effects.items(), key=lambda item: (-abs(item[1]), item[0]))
    )
    return Comparison(one, other, parts, nano_decimal(one.score - other.score))


def standing(result: Result, organization_number: str) -> Standing:
    """Where an organizer came to stand, with the pair and the lot that decided it, or why it is left out."""
    for out in result.frame.left_out:
        if out.subject.organization_number == organization_number:
            return Standing("left_out", left_out=out)
    if organization_number not in result.scored.places:
        return Standing("unknown")
    ranked = result.scored.of(organization_number)
    return _in_pair(result, ranked) if result.is_by_lot else Standing(_by_rank(result, ranked), ranked)


def _by_rank(result: Result, ranked: Ranked) -> str:
    choice = result.snapshot.rules.choice
    if ranked.rank <= choice.limit:
        return "offered"
    return "reserve" if ranked.rank <= choice.further_limit else "not_reached"


def _in_pair(result: Result, ranked: Ranked) -> Standing:
    number = ranked.subject.organization_number
    for drawn in result.drawn:
        if number in drawn.pair.numbers:
            return Standing(_by_lot(drawn, number), ranked, pair=drawn.pair, drawn=drawn)
    for pair in result.paired.pairs:
        if number in pair.numbers:
            return Standing("paired", ranked, pair=pair)
    for leftover in result.paired.leftovers:
        if leftover.ranked.subject.organization_number == number:
            return Standing("leftover_further" if leftover.is_further else "leftover", ranked)
    return Standing("not_reached", ranked)


def _by_lot(drawn: DrawnPair, number: str) -> str:
    if drawn.drawn.subject.organization_number == number:
        return "reserve" if drawn.pair.is_further else "offered"
    return "compared_further" if drawn.pair.is_further else "compared"


def _part(scored: Scored, criterion: Criterion, place: int) -> ExplainedPart:
    observation = scored.subjects[place].observation(criterion.key)
    transform = scored.transforms[criterion.key]
    count = scored.figure(criterion.key, place)
    constants = transform.facts()
    if isinstance(transform, PercentileRank) and count is not None:
        below, not_above = transform.below_and_not_above(count)
        constants = {**constants, "lower": str(below), "equal": str(not_above - below)}
    return ExplainedPart(
        criterion=criterion,
        observation=observation,
        figure=observation.value if count is None or observation.value is not None else from_units(count),
        is_filled_in=observation.value is None and count is not None,
        all_equal=transform.is_flat,
        constants=constants,
        transformed=nano_decimal(0 if count is None else transform.scaled(count, 1, 1)),
        part=nano_decimal(scored.parts[criterion.key][place]),
    )
