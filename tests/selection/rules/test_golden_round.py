"""Rounds small enough to reckon by hand, and digests that must be the same on every machine."""

import hashlib

from samspel.selection.rules.bundle import pack
from samspel.selection.rules.numbers import nano_text
from samspel.selection.rules.result import resolve
from samspel.selection.rules.verification import verify

from .rounds import SEED, criterion, frozen, greatest_need, number, pairs, rules, subject, subjects


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


def mixed():
    """Forty organizers with figures that divide unevenly, all transforms, both directions, strata and gaps."""
    criteria = [
        criterion("newly_arrived", weight="0.4", missing="median_of_stratum"),
        criterion("mother_tongue", weight="0.35", transform="percentile_rank", missing="median"),
        criterion("education", weight="0.25", transform="min_max", direction="lower_is_greater_need"),
    ]
    found = [
        subject(
            place,
            name=f"Å-kommun {place}",
            county=("01", "14", "25")[place % 3],
            population=place * 1777,
            newly_arrived=None if place % 13 == 0 else f"{place * place % 97}.{place % 10}",
            mother_tongue=None if place % 17 == 0 else f"{place * 7 % 53}.5",
            education=f"2.{place * 31 % 100:02d}",
        )
        for place in range(1, 41)
    ]
    strata = {"by": ["county", "size_class"], "bounds": [20000, 50000]}
    return frozen(rules(*criteria, choice=pairs(10, 3), strata=strata), found)


def test_mixed_round_has_the_same_digests_on_every_machine():
    snapshot = mixed()

    assert snapshot.digest() == "051cacb843e343495e98f95dcc46ee1f5b171b33d26536478e27210b7461444b"
    assert resolve(snapshot).digest() == "3e2c9a5c71177517a460be36cf7c82bda52ac8f41d5d95d0119e3a43204b25f4"
    assert resolve(snapshot, SEED).digest() == "b72aa3c7556d7e2f54cb69f20a9b5a22799e2761a3ffdd04445bd725144c5d18"
    assert (
        hashlib.sha256(pack(resolve(snapshot, SEED), SEED)).hexdigest()
        == "3ad76fa1ce3deceaf0e7b222a7acbfbaa70faa4330a45d3a4be56fee54a82c55"
    )


def test_mixed_round_ranks_and_draws_as_it_always_has():
    result = resolve(mixed(), SEED)

    assert [
        (ranked.subject.organization_number[-2:], nano_text(ranked.score)) for ranked in result.scored.ranking(1, 5)
    ] == [
        ("22", "0.819328359"),
        ("17", "0.812937149"),
        ("34", "0.656223686"),
        ("24", "0.603773177"),
        ("13", "0.499778707"),
    ]
    assert [ranked.subject.organization_number[-2:] for ranked in result.offers()] == [
        "29",
        "34",
        "27",
        "19",
        "36",
        "13",
        "24",
    ]
