"""What holds for every round: of scores, ranks, pairs and draws."""

import copy
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.selection.rules.draw import commitment
from samspel.selection.rules.frame import draw_up
from samspel.selection.rules.problems import Refused
from samspel.selection.rules.result import resolve
from samspel.selection.rules.scoring import score
from samspel.selection.rules.snapshot import freeze
from samspel.selection.rules.verification import recompute, verify
from samspel.testing.examples import many

from .rounds import SEED, TRANSFORMS, criterion, frozen, greatest_need, observation, pairs, rounds, rules, subject

PAIR_ROUNDS = rounds(choice=pairs(3, 2))


def scored(round_rules, found):
    return score(draw_up(found, round_rules).inside, round_rules)


def ranking(result):
    return [(ranked.subject.organization_number, ranked.score, dict(ranked.parts)) for ranked in result.ranking()]


def resolved(round_, seed=SEED):
    round_rules, found = round_
    return resolve(frozen(round_rules, found), seed if round_rules.choice.mode == "pairs" else None)


@given(rounds())
def test_parts_sum_to_the_score_exactly(round_):
    for ranked in scored(*round_).ranking():
        assert sum(ranked.parts.values()) == ranked.score


@given(rounds(), st.randoms(use_true_random=False))
def test_order_of_input_changes_nothing(round_, chance):
    round_rules, found = round_
    shuffled = chance.sample(found, len(found))

    assert frozen(round_rules, shuffled).digest() == frozen(round_rules, found).digest()
    assert ranking(scored(round_rules, shuffled)) == ranking(scored(round_rules, found))


@given(rounds())
def test_ranks_are_by_score_and_then_organization_number(round_):
    ranks = list(scored(*round_).ranking())

    assert [ranked.rank for ranked in ranks] == list(range(1, len(ranks) + 1))
    assert all(
        (-first.score, first.subject.organization_number) < (-second.score, second.subject.organization_number)
        for first, second in pairwise(ranks)
    )


@given(
    TRANSFORMS,
    st.lists(st.integers(-9999, 9999), min_size=1, max_size=20),
    st.integers(1, 1000),
    st.integers(-(10**6), 10**6),
)
def test_scale_and_zero_of_a_figure_change_no_part(transform, figures, factor, shift):
    """Per cent or per mille, Celsius or kelvin: a rising straight line leaves each part as it was, to the digit."""
    one = rules(criterion(transform=transform), choice=greatest_need())
    before = [subject(place, newly_arrived=Decimal(figure) / 100) for place, figure in enumerate(figures)]
    after = [
        subject(place, newly_arrived=Decimal(figure * factor + shift) / 100) for place, figure in enumerate(figures)
    ]

    assert ranking(scored(one, before)) == [*ranking(scored(one, after))]


@given(rounds(), TRANSFORMS, st.lists(st.one_of(st.none(), st.decimals(-99, 99, places=1)), min_size=24, max_size=24))
def test_criterion_of_weight_zero_has_no_effect(round_, transform, figures):
    round_rules, found = round_
    weightless = criterion("weightless", weight="0", transform=transform, missing="refuse")
    document = round_rules.document()
    wider = rules(*document["criteria"], weightless, choice=document["choice"], strata=document["strata"])
    more = [
        replace(one, values={**one.values, "weightless": observation(figure)})
        for one, figure in zip(found, figures, strict=False)
    ]

    before, after = scored(round_rules, found), scored(wider, more)
    assert [(number, total) for number, total, _parts in ranking(after)] == [
        (number, total) for number, total, _parts in ranking(before)
    ]
    assert set(after.parts["weightless"]) == {0}


@given(rounds())
def test_z_score_parts_are_the_nearest_billionth(round_):
    """Against fractions: |part| is within half a billionth of weight × |z|, both squared so that no root is taken."""
    result = scored(*round_)
    for each in result.rules.criteria:
        values = [one.observation(each.key).value for one in result.subjects]
        known = [Fraction(value) for value in values if value is not None]
        mean = sum(known, Fraction()) / max(len(known), 1)
        variance = sum(((value - mean) ** 2 for value in known), Fraction()) / max(len(known), 1)
        if each.transform != "z_score" or not variance:
            continue
        for place, value in enumerate(values):
            if value is not None:
                part = result.parts[each.key][place]
                exact = Fraction(each.weight) ** 2 * (Fraction(value) - mean) ** 2 / variance * 10**18
                low, high = max(abs(part) - Fraction(1, 2), Fraction()), abs(part) + Fraction(1, 2)
                assert low**2 <= exact <= high**2
                assert part * each.sign * (Fraction(value) - mean) >= 0


@given(TRANSFORMS, st.decimals(-99, 99, places=3), st.integers(1, 9))
def test_figures_all_equal_tell_nobody_apart(transform, figure, count):
    one = rules(criterion(transform=transform), choice=greatest_need())
    result = scored(one, [subject(place, newly_arrived=figure) for place in range(count)])

    assert set(result.parts["newly_arrived"]) == {0}
    assert result.transforms["newly_arrived"].is_flat


@given(PAIR_ROUNDS)
def test_pairs_share_a_stratum_and_are_neighbours_in_it(round_):
    result = resolved(round_)
    limit, further = result.scored.rules.choice.limit, result.scored.rules.choice.further_limit
    for first_rank, last_rank, is_further in ((1, limit, False), (limit + 1, further, True)):
        group = list(result.scored.ranking(first_rank, last_rank))
        for pair in result.paired.pairs:
            if pair.is_further == is_further:
                assert pair.first.stratum == pair.second.stratum
                alike = [ranked.rank for ranked in group if ranked.stratum == pair.stratum]
                place = alike.index(pair.first.rank)
                assert place % 2 == 0
                assert alike[place + 1] == pair.second.rank


@given(PAIR_ROUNDS)
def test_everyone_of_greatest_need_is_in_one_pair_or_left_over(round_):
    result = resolved(round_)
    choice = result.scored.rules.choice
    paired = [number for pair in result.paired.pairs for number in pair.numbers]
    left = [leftover.ranked.subject.organization_number for leftover in result.paired.leftovers]
    reached = [ranked.subject.organization_number for ranked in result.scored.ranking(1, choice.further_limit)]

    assert sorted(paired + left) == sorted(reached)
    assert sum(not pair.is_further for pair in result.paired.pairs) <= choice.pairs
    assert sum(pair.is_further for pair in result.paired.pairs) <= choice.further_pairs


@given(PAIR_ROUNDS)
def test_leftover_has_the_lowest_score_of_its_stratum_and_is_not_drawn(round_):
    result = resolved(round_)
    drawn = {ranked.subject.organization_number for ranked in (*result.offers(), *result.reserves())}
    for leftover in result.paired.leftovers:
        alike = [
            pair.second.rank
            for pair in result.paired.pairs
            if (pair.stratum, pair.is_further) == (leftover.ranked.stratum, leftover.is_further)
        ]
        assert all(rank < leftover.ranked.rank for rank in alike)
        assert leftover.ranked.subject.organization_number not in drawn


@given(PAIR_ROUNDS, st.binary(min_size=16, max_size=40))
def test_one_of_each_pair_is_drawn_and_the_other_compared(round_, seed):
    round_rules, found = round_
    result = resolve(freeze("ri-test", round_rules, found, commitment(seed)), seed)

    assert {drawn.pair.numbers for drawn in result.drawn} == {pair.numbers for pair in result.paired.pairs}
    for drawn in result.drawn:
        numbers = (drawn.drawn.subject.organization_number, drawn.compared.subject.organization_number)
        assert tuple(sorted(numbers)) == drawn.pair.numbers
    assert len(result.offers()) + len(result.reserves()) == len(result.paired.pairs)


@given(PAIR_ROUNDS, st.binary(min_size=16, max_size=40))
def test_another_seed_changes_the_draw_and_never_the_ranking(round_, seed):
    round_rules, found = round_
    one = resolved(round_).document()
    other = resolve(freeze("ri-test", round_rules, found, commitment(seed)), seed).document()

    for same in ("frame", "criteria", "ranking", "leftovers"):
        assert one[same] == other[same]
    assert sorted(pair["members"] for pair in one["pairs"]) == sorted(pair["members"] for pair in other["pairs"])


@given(rounds())
def test_own_result_verifies_also_from_the_frozen_bytes(round_):
    result = resolved(round_)
    seed = SEED if result.is_by_lot else None

    assert verify(result.snapshot.document(), seed, result.document(), result.snapshot.digest()) == []
    assert recompute(result.snapshot.document(), seed).digest() == result.digest()


def leaves(document, path=()):
    """Every place in a document that holds neither table nor list."""
    if isinstance(document, dict | list) and document:
        items = document.items() if isinstance(document, dict) else enumerate(document)
        for key, item in items:
            yield from leaves(item, (*path, key))
    else:
        yield path


def flipped(document, path):
    """The document with one place changed to something else of its kind."""
    changed = copy.deepcopy(document)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    stood = inner[path[-1]]
    inner[path[-1]] = not stood if isinstance(stood, bool) else stood + 1 if isinstance(stood, int) else f"{stood}1"
    return changed


@given(rounds(), st.data())
@settings(max_examples=many(60))
def test_any_value_flipped_in_the_record_is_found_where_it_stands(round_, data):
    result = resolved(round_)
    recorded = result.document()
    path = data.draw(st.sampled_from(list(leaves(recorded))))

    found = verify(result.snapshot.document(), SEED if result.is_by_lot else None, flipped(recorded, path))

    assert len(found) == 1
    assert found[0].where.startswith(str(path[0]))


@given(rounds(), st.data())
@settings(max_examples=many(60))
def test_any_value_flipped_in_the_frozen_data_is_found(round_, data):
    result = resolved(round_)
    document = result.snapshot.document()
    path = data.draw(st.sampled_from(list(leaves(document))))
    seed = SEED if result.is_by_lot else None
    try:
        found = verify(flipped(document, path), seed, result.document(), result.snapshot.digest())
    except Refused:
        return

    assert found[0].where == "published_digest"
