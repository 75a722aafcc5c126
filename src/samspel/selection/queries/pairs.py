"""The pairs of a round and those left over, as pages and protocols show them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samspel.kernel.values.sorting import sort_key
from samspel.selection.queries import words
from samspel.selection.rules.draw import DrawnPair
from samspel.selection.rules.numbers import nano_decimal
from samspel.selection.rules.pairing import Pair
from samspel.selection.rules.result import Result


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair: before the draw `order` is None, and `drawn` is just the one of higher rank."""

    order: int | None
    drawn: str
    drawn_name: str
    drawn_sort: str
    compared: str
    compared_name: str
    stratum: str
    distance: Decimal
    is_further: bool
    lots: tuple[str, str] = ("", "")
    order_digest: str = ""


@dataclass(frozen=True, slots=True)
class LeftoverRow:
    """Somebody with nobody alike in the stratum: listed, and not drawn."""

    number: str
    name: str
    rank: int
    stratum: str
    is_further: bool


def pairs_of(result: Result) -> list[PairRow]:
    """The pairs in the order of the draw, or of the need before it; the main ones first."""
    counties = words.counties()
    if result.drawn:
        return [_drawn(result, drawn, counties) for drawn in result.drawn]
    return [_formed(result, pair, counties) for pair in result.paired.pairs]


def leftovers_of(result: Result) -> list[LeftoverRow]:
    """Those left over, the main ones first."""
    counties = words.counties()
    return [
        LeftoverRow(
            number=one.ranked.subject.organization_number,
            name=one.ranked.subject.name,
            rank=one.ranked.rank,
            stratum=words.stratum(one.ranked.stratum, result.snapshot.rules.strata, counties),
            is_further=one.is_further,
        )
        for one in result.paired.leftovers
    ]


def _formed(result: Result, pair: Pair, counties: dict[str, str]) -> PairRow:
    return PairRow(
        order=None,
        drawn=pair.first.subject.organization_number,
        drawn_name=pair.first.subject.name,
        drawn_sort=sort_key(pair.first.subject.name),
        compared=pair.second.subject.organization_number,
        compared_name=pair.second.subject.name,
        stratum=words.stratum(pair.stratum, result.snapshot.rules.strata, counties),
        distance=nano_decimal(pair.first.score - pair.second.score),
        is_further=pair.is_further,
    )


def _drawn(result: Result, drawn: DrawnPair, counties: dict[str, str]) -> PairRow:
    by_number = dict(
        zip(
            (drawn.pair.first.subject.organization_number, drawn.pair.second.subject.organization_number),
            drawn.lots,
            strict=True,
        )
    )
    one, other = drawn.drawn.subject, drawn.compared.subject
    return PairRow(
        order=drawn.order,
        drawn=one.organization_number,
        drawn_name=one.name,
        drawn_sort=sort_key(one.name),
        compared=other.organization_number,
        compared_name=other.name,
        stratum=words.stratum(drawn.pair.stratum, result.snapshot.rules.strata, counties),
        distance=nano_decimal(drawn.pair.first.score - drawn.pair.second.score),
        is_further=drawn.pair.is_further,
        lots=(by_number[one.organization_number], by_number[other.organization_number]),
        order_digest=drawn.order_digest,
    )
