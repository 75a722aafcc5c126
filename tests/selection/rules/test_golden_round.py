"""Rounds small enough to reckon by hand, and digests that must be the same on every machine."""

import hashlib

from samspel.selection.rules.numbers import nano_text
from samspel.selection.rules.result import resolve
from samspel.selection.rules.verification import verify

from .rounds import SEED, criterion, frozen, greatest_need, number, pairs, rules, subjects


def scores(result):
    return {ranked.subject.organization_number: nano_text(ranked.score) for ranked in result.scored.ranking()}


def test_z_score_uses_the_population_deviation():
    # Figures 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares of deviations 9+1+1+1+0+0+4+16 = 32, over 8 = 4, deviation 2.
    result = resolve(frozen(rules(choice=greatest_need()), subjects("2", "4", "4", "4", "5", "5", "7", "9")))

    assert scores(result) == {
        number(8): "2.000000000",
        number(7): "1.000000000",
        number(5): "0.000000000",
        number(6): "0.000000000",
        number(2): "-0.500000000",
        number(3): "-0.500000000",
        number(4): "-0.500000000",
        number(1): "-1.500000000",
    }
    assert result.scored.transforms["newly_arrived"].facts() == {
        "mean": "5.000000000",
        "standard_deviation": "2.000000000",
    }


def test_two_of_greatest_need_and_one_reserve_by_number_where_scores_tie():
    result = resolve(frozen(rules(choice=greatest_need(2, 1)), subjects("1", "3", "3", "3")))

    assert [ranked.subject.organization_number for ranked in result.offers()] == [number(2), number(3)]
    assert [ranked.subject.organization_number for ranked in result.reserves()] == [number(4)]


def test_min_max_rounds_each_part_half_to_even():
    # (1 - 0) / 3 = 0.333…, times 0.5 = 0.1666…67; lower is greater need turns the sign.
    only = criterion(transform="min_max", weight="0.5", direction="lower_is_greater_need")
    result = resolve(frozen(rules(only, choice=greatest_need()), subjects("0", "1", "3")))

    assert scores(result) == {number(1): "0.000000000", number(2): "-0.166666667", number(3): "-0.500000000"}


def test_percentile_rank_counts_half_of_the_equal():
    # Of 5, 5, 7, 9: both 5 have 0 lower and 2 equal, 1/4; 7 has 2 lower and 1 equal, 2.5/4; 9 has 3.5/4.
    result = resolve(
        frozen(rules(criterion(transform="percentile_rank"), choice=greatest_need()), subjects("5", "5", "7", "9"))
    )

    assert scores(result) == {
        number(4): "0.875000000",
        number(3): "0.625000000",
        number(1): "0.250000000",
        number(2): "0.250000000",
    }


def test_lot_is_decided_by_sha256_of_seed_and_number_as_ten_ascii_digits():
    result = resolve(frozen(rules(choice=pairs(2, 1)), subjects("60", "50", "40", "30", "20", "10")), SEED)

    def lot(*places):
        return hashlib.sha256(SEED + b"".join(number(place).encode() for place in places)).hexdigest()

    main = sorted([(1, 2), (3, 4)], key=lambda pair: lot(*pair))
    assert [pair.pair.numbers for pair in result.drawn] == [tuple(map(number, pair)) for pair in [*main, (5, 6)]]
    drawn = [number(min(pair, key=lot)) for pair in [*main, (5, 6)]]
    assert [pair.drawn.subject.organization_number for pair in result.drawn] == drawn
    assert [ranked.subject.organization_number for ranked in result.offers()] == drawn[:2]
    assert [ranked.subject.organization_number for ranked in result.reserves()] == drawn[2:]


def test_own_result_verifies():
    snapshot = frozen(rules(), subjects("60", "50.5", "40", "30", "20", "10"))

    assert verify(snapshot.document(), SEED, resolve(snapshot, SEED).document(), snapshot.digest()) == []
