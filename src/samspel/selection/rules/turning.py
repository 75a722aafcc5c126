"""What would have changed it: for each criterion, the figure at which an organizer would have crossed the limit.

All else is held as it was frozen: its other figures, those of all others, and the constants of the transform (for a
percentile rank, the figures it is ranked among).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import lcm

from samspel.selection.rules.criteria import Criterion
from samspel.selection.rules.numbers import DECIMALS, LARGEST, UNITS, from_units, units
from samspel.selection.rules.scoring import Ranked, Scored, part


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """The nearest figure that turns it, in the number of decimals the criterion's figures have; None if there is none.

    `why_not` then says why: nobody_beyond (the whole frame stands on this side of the limit), no_weight, all_equal,
    beyond_bounds (more than the criterion's lowest or highest allows) or out_of_reach (no figure is enough).
    `is_beyond_all`: no organizer in the frame has a figure so low or so high.
    """

    criterion: Criterion
    present: Decimal | None
    needed: Decimal | None
    why_not: str = ""
    is_beyond_all: bool = False


def turning_points(scored: Scored, organization_number: str, limit: int | None = None) -> tuple[TurningPoint, ...]:
    """For each criterion, what would have taken an organizer across the limit: in if it is out, out if it is in.

    `limit` is the last rank inside; without it the one of the round's choice (in a pair round 2N: chosen by rank to be
    paired, before any lot). KeyError when the organizer is not in the frame.
    """
    ranked, rival = scored.of(organization_number), rival_of(scored, organization_number, limit)
    if rival is None:
        return tuple(_none(scored, ranked, criterion, "nobody_beyond") for criterion in scored.rules.criteria)
    return tuple(_turning_point(scored, ranked, rival, criterion) for criterion in scored.rules.criteria)


def rival_of(scored: Scored, organization_number: str, limit: int | None = None) -> Ranked | None:
    """The nearest one on the other side of the limit: who is in instead, or who would have come in. None if nobody is.

    The natural second for explanation.compare. KeyError when the organizer is not in the frame.
    """
    limit = scored.rules.choice.limit if limit is None else limit
    if scored.of(organization_number).rank > limit:
        return scored.at_rank(limit)
    return scored.at_rank(limit + 1) if limit < len(scored) else None


def _turning_point(scored: Scored, ranked: Ranked, rival: Ranked, criterion: Criterion) -> TurningPoint:
    transform = scored.transforms[criterion.key]
    if not criterion.is_weighed:
        return _none(scored, ranked, criterion, "no_weight")
    if transform.is_flat:
        return _none(scored, ranked, criterion, "all_equal")
    rest = ranked.score - ranked.parts[criterion.key]
    is_inside = ranked.rank < rival.rank

    def turns(count: int) -> bool:
        return _is_before(rest + part(criterion, transform, count), ranked, rival) != is_inside

    # Greater need takes it in, lesser out; which way that is for the figure the criterion's direction says.
    upwards = (criterion.sign > 0) != is_inside
    needed = _nearest(turns, *_grid(scored, criterion), upwards=upwards)
    if needed is None:
        bound = criterion.highest if upwards else criterion.lowest
        return _none(scored, ranked, criterion, "out_of_reach" if bound is None else "beyond_bounds")
    return TurningPoint(
        criterion,
        _present(scored, ranked, criterion),
        from_units(needed),
        "",
        _is_beyond_all(scored, criterion, needed),
    )


def _is_before(score: int, ranked: Ranked, rival: Ranked) -> bool:
    return (-score, ranked.subject.organization_number) < (-rival.score, rival.subject.organization_number)


def _nearest(turns: Callable[[int], bool], step: int, lowest: int, highest: int, *, upwards: bool) -> int | None:
    """The first multiple of step, coming from the far side of what does not turn, that does; the rule is monotone."""
    least, most = -(-lowest // step), highest // step
    kept, turned = (least, most) if upwards else (most, least)
    if least > most or not turns(turned * step):
        return None
    if turns(kept * step):
        return kept * step
    while abs(turned - kept) > 1:
        middle = (turned + kept) // 2
        kept, turned = (kept, middle) if turns(middle * step) else (middle, turned)
    return turned * step


def _grid(scored: Scored, criterion: Criterion) -> tuple[int, int, int]:
    """Step, lowest and highest in units: the decimals the figures have, and what the criterion says they can be."""
    values = [subject.observation(criterion.key).value for subject in scored.subjects]
    finest = lcm(*(value.as_integer_ratio()[1] for value in values if value is not None))
    decimals = next(decimals for decimals in range(DECIMALS + 1) if 10**decimals % finest == 0)
    lowest = -LARGEST * UNITS if criterion.lowest is None else units(criterion.lowest)
    highest = LARGEST * UNITS if criterion.highest is None else units(criterion.highest)
    return UNITS // 10**decimals, lowest, highest


def _is_beyond_all(scored: Scored, criterion: Criterion, needed: int) -> bool:
    values = [subject.observation(criterion.key).value for subject in scored.subjects]
    counts = [units(value) for value in values if value is not None]
    return not min(counts) <= needed <= max(counts)


def _present(scored: Scored, ranked: Ranked, criterion: Criterion) -> Decimal | None:
    count = scored.figure(criterion.key, scored.places[ranked.subject.organization_number])
    return None if count is None else from_units(count)


def _none(scored: Scored, ranked: Ranked, criterion: Criterion, why: str) -> TurningPoint:
    return TurningPoint(criterion, _present(scored, ranked, criterion), None, why)
