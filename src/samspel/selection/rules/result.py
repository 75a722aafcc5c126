"""The result of a round: frame, ranking, pairs, leftovers, who is offered in what order; all of it as one document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samspel.selection.rules import canonical
from samspel.selection.rules.draw import DrawnPair, draw, is_promised
from samspel.selection.rules.frame import Frame, LeftOut, draw_up
from samspel.selection.rules.numbers import nano_text
from samspel.selection.rules.pairing import Leftover, Pair, Paired, pair_up
from samspel.selection.rules.problems import Problem, Refused
from samspel.selection.rules.scoring import Ranked, Scored, score
from samspel.selection.rules.snapshot import Snapshot

FORMAT = "samspel.selection.result/1"


@dataclass(frozen=True, slots=True)
class Result:
    """What the rules, the data and the seed came to.

    `drawn` is empty until there is a seed, and always where nothing is drawn by lot.
    """

    snapshot: Snapshot
    frame: Frame
    scored: Scored
    paired: Paired
    drawn: tuple[DrawnPair, ...]

    @property
    def is_by_lot(self) -> bool:
        return self.snapshot.rules.choice.mode == "pairs"

    def offers(self) -> tuple[Ranked, ...]:
        """Who is offered, in order: drawn of the main pairs in the order of the draw, or the N of greatest need."""
        if self.is_by_lot:
            return tuple(pair.drawn for pair in self.drawn if not pair.pair.is_further)
        return tuple(self.scored.ranking(1, self.snapshot.rules.choice.limit))

    def reserves(self) -> tuple[Ranked, ...]:
        """Who comes next, in order: drawn of the further pairs (for extra offers only), or the reserve list."""
        choice = self.snapshot.rules.choice
        if self.is_by_lot:
            return tuple(pair.drawn for pair in self.drawn if pair.pair.is_further)
        return tuple(self.scored.ranking(choice.limit + 1, choice.further_limit))

    def document(self) -> dict[str, Any]:
        """The result as plain JSON: the same on every machine for the same snapshot and seed."""
        return {
            "format": FORMAT,
            "round": self.snapshot.round,
            "snapshot": self.snapshot.digest(),
            "commitment": self.snapshot.commitment,
            "frame": _frame(self.frame),
            "criteria": _criteria(self.scored),
            "ranking": [_ranked(ranked) for ranked in self.scored.ranking()],
            "pairs": [_pair(pair) for pair in self.drawn or self.paired.pairs],
            "leftovers": [_leftover(leftover) for leftover in self.paired.leftovers],
            "offers": [ranked.subject.organization_number for ranked in self.offers()],
            "reserves": [ranked.subject.organization_number for ranked in self.reserves()],
        }

    def digest(self) -> str:
        """SHA-256 of the canonical document, hexadecimal."""
        return canonical.digest(self.document())


def resolve(snapshot: Snapshot, seed: bytes | None = None) -> Result:
    """Frame, score, rank, pair and, with a seed, draw.

    Raises Refused when the frame cannot be drawn up, or the seed is not the one whose commitment was published or
    stands where nothing is drawn by lot.
    """
    _check_seed(snapshot, seed)
    frame = draw_up(snapshot.subjects, snapshot.rules)
    scored = score(frame.inside, snapshot.rules)
    choice = snapshot.rules.choice
    paired = pair_up(scored, choice) if choice.mode == "pairs" else Paired((), ())
    return Result(snapshot, frame, scored, paired, draw(paired.pairs, seed) if seed is not None else ())


def _check_seed(snapshot: Snapshot, seed: bytes | None) -> None:
    if seed is None:
        return
    if snapshot.rules.choice.mode != "pairs":
        raise Refused([Problem("seed_without_lot", "seed")])
    if not is_promised(seed, snapshot.commitment):
        raise Refused([Problem("seed_not_promised", "seed", {"expected": snapshot.commitment})])


def _frame(frame: Frame) -> dict[str, Any]:
    return {
        "considered": frame.considered,
        "inside": len(frame.inside),
        "counts": frame.counts(),
        "exclusions": frame.exclusions_by_kind(),
        "left_out": [_left_out(out) for out in frame.left_out],
    }


def _left_out(out: LeftOut) -> dict[str, Any]:
    return {"organization_number": out.subject.organization_number, "reason": out.reason, "detail": out.detail}


def _criteria(scored: Scored) -> list[dict[str, Any]]:
    return [
        {
            "key": criterion.key,
            "figures": scored.transforms[criterion.key].count,
            "all_equal": scored.transforms[criterion.key].is_flat,
            "constants": scored.transforms[criterion.key].facts(),
            "filled_in": len(scored.filled_in[criterion.key]),
        }
        for criterion in scored.rules.criteria
    ]


def _ranked(ranked: Ranked) -> dict[str, Any]:
    return {
        "rank": ranked.rank,
        "organization_number": ranked.subject.organization_number,
        "stratum": list(ranked.stratum),
        "score": nano_text(ranked.score),
        "parts": {key: nano_text(part) for key, part in ranked.parts.items()},
    }


def _pair(drawn: DrawnPair | Pair) -> dict[str, Any]:
    pair = drawn.pair if isinstance(drawn, DrawnPair) else drawn
    members = [pair.first.subject.organization_number, pair.second.subject.organization_number]
    lots: Mapping[str, Any] = {"order": None, "drawn": None, "lots": {}, "order_digest": None}
    if isinstance(drawn, DrawnPair):
        lots = {
            "order": drawn.order,
            "drawn": drawn.drawn.subject.organization_number,
            "lots": dict(zip(members, drawn.lots, strict=True)),
            "order_digest": drawn.order_digest,
        }
    return {"members": members, "stratum": list(pair.stratum), "is_further": pair.is_further, **lots}


def _leftover(leftover: Leftover) -> dict[str, Any]:
    number = leftover.ranked.subject.organization_number
    return {"organization_number": number, "stratum": list(leftover.ranked.stratum), "is_further": leftover.is_further}
