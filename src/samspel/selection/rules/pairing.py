"""Pairs of greatest need: those who stand next to each other in score within a stratum."""

from collections.abc import Iterable
from dataclasses import dataclass

from samspel.selection.rules.scoring import Ranked, Scored
from samspel.selection.rules.settings import Choice
from samspel.selection.rules.strata import Stratum


@dataclass(frozen=True, slots=True)
class Pair:
    """Two alike. `first` stands higher in rank. `is_further` for the pairs formed of the next in need."""

    first: Ranked
    second: Ranked
    is_further: bool = False

    @property
    def stratum(self) -> Stratum:
        return self.first.stratum

    @property
    def numbers(self) -> tuple[str, str]:
        """Both organization numbers, the lower first."""
        low, high = sorted((self.first.subject.organization_number, self.second.subject.organization_number))
        return low, high


@dataclass(frozen=True, slots=True)
class Leftover:
    """The one of lowest score in a stratum with an odd number: it has nobody alike, and is listed and not drawn."""

    ranked: Ranked
    is_further: bool = False


@dataclass(frozen=True, slots=True)
class Paired:
    """Pairs and leftovers: the main ones by the rank of their first, then the further ones likewise."""

    pairs: tuple[Pair, ...]
    leftovers: tuple[Leftover, ...]


def pair_up(scored: Scored, choice: Choice) -> Paired:
    """Pair the 2N of greatest need within strata, and the next 2E as further pairs the same way.

    A leftover among the 2N is not taken up among the further: the two groups are settled by rank alone.
    """
    main = _pair_within(scored.ranking(1, choice.limit), is_further=False)
    further = _pair_within(scored.ranking(choice.limit + 1, choice.further_limit), is_further=True)
    return Paired(main.pairs + further.pairs, main.leftovers + further.leftovers)


def _pair_within(ranking: Iterable[Ranked], *, is_further: bool) -> Paired:
    waiting: dict[Stratum, Ranked] = {}
    pairs = []
    for ranked in ranking:
        # By rank, each in turn meets the one who waits in its stratum: neighbours in score, two by two.
        if other := waiting.pop(ranked.stratum, None):
            pairs.append(Pair(other, ranked, is_further))
        else:
            waiting[ranked.stratum] = ranked
    pairs.sort(key=lambda pair: pair.first.rank)
    left = sorted(waiting.values(), key=lambda ranked: ranked.rank)
    return Paired(tuple(pairs), tuple(Leftover(ranked, is_further) for ranked in left))
