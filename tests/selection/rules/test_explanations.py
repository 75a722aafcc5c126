"""Every rank explains itself: its parts, why this one and not that one, and what would have changed it."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from samspel.selection.rules.draw import lot
from samspel.selection.rules.explanation import compare, explain, standing
from samspel.selection.rules.frame import draw_up
from samspel.selection.rules.numbers import units
from samspel.selection.rules.result import resolve
from samspel.selection.rules.scoring import part, score
from samspel.selection.rules.turning import turning_points

from .rounds import SEED, criterion, frozen, greatest_need, number, pairs, rounds, rules, subject, subjects


def scored(round_rules, found):
    return score(draw_up(found, round_rules).inside, round_rules)


def test_part_is_explained_with_value_mean_deviation_weight_and_source():
    found = subjects("2", "4", "4", "4", "5", "5", "7", "9")
    part = explain(scored(rules(criterion(weight="0.5"), choice=greatest_need()), found), number(8)).parts[0]

    assert part.observation == found[7].values["newly_arrived"]
    assert part.figure == Decimal(9)
    assert part.constants == {"mean": "5.000000000", "standard_deviation": "2.000000000"}
    assert (part.transformed, part.criterion.weight, part.part) == (Decimal(2), Decimal("0.5"), Decimal(1))
    assert (part.is_filled_in, part.all_equal) == (False, False)


def test_percentile_rank_is_explained_by_how_many_are_lower_and_equal():
    one = rules(criterion(transform="percentile_rank"), choice=greatest_need())
    part = explain(scored(one, subjects("5", "5", "7", "9")), number(1)).parts[0]

    assert part.constants == {"figures": "4", "lower": "0", "equal": "2"}
    assert part.transformed == Decimal("0.25")


def test_missing_figure_takes_the_median_of_its_stratum_and_says_so():
    by_county = {"by": ["county"]}
    one = rules(criterion(missing="median_of_stratum"), choice=greatest_need(), strata=by_county)
    found = [subject(place, county="01", newly_arrived=figure) for place, figure in enumerate(("1", "2", None))]
    found += [subject(9, county="25", newly_arrived="99"), subject(10, county="14", newly_arrived=None)]
    result = scored(one, found)

    parts = {place: explain(result, number(place)).parts[0] for place in (2, 9, 10)}
    assert [(parts[place].figure, parts[place].is_filled_in) for place in (2, 9, 10)] == [
        (Decimal("1.5"), True),
        (Decimal("99"), False),
        # Nobody in its county has a figure: the median of all.
        (Decimal("2"), True),
    ]
    assert parts[2].observation.mark == "suppressed"


def test_filled_in_figures_do_not_move_the_mean():
    one = rules(criterion(missing="median"), choice=greatest_need())
    with_missing = scored(one, subjects("1", "2", "9", None, None))

    assert (
        with_missing.transforms["newly_arrived"].facts()
        == scored(one, subjects("1", "2", "9")).transforms["newly_arrived"].facts()
    )


def test_neutral_gives_a_missing_figure_no_part():
    result = scored(rules(criterion(missing="neutral"), choice=greatest_need()), subjects("1", "3", None))
    part = explain(result, number(3)).parts[0]

    assert (part.figure, part.is_filled_in, part.part) == (None, False, Decimal(0))


@given(rounds())
def test_explained_parts_sum_to_the_score(round_):
    result = scored(*round_)
    for ranked in result.ranking():
        explanation = explain(result, ranked.subject.organization_number)
        assert sum(part.part for part in explanation.parts) == explanation.score == ranked.score_decimal


@given(rounds(least=2), st.data())
def test_comparison_sums_exactly_to_the_difference_largest_effect_first(round_, data):
    result = scored(*round_)
    numbers = st.sampled_from([one.organization_number for one in result.subjects])
    comparison = compare(result, data.draw(numbers), data.draw(numbers))

    effects = [part.difference for part in comparison.parts]
    assert sum(effects) == comparison.difference == comparison.first.score_decimal - comparison.second.score_decimal
    assert [abs(effect) for effect in effects] == sorted(map(abs, effects), reverse=True)


def test_turning_point_is_the_first_figure_with_the_decimals_of_the_indicator():
    # Min–max over 0–100: 49.9 has to reach more than 50 to come in, since its number is the higher at a tie.
    one = rules(criterion(transform="min_max"), choice=greatest_need(2, 0))
    result = scored(one, subjects("100", "50", "49.9", "0"))

    assert turning_points(result, number(3))[0].needed == Decimal("50.1")
    assert turning_points(result, number(2))[0].needed == Decimal("49.8")


def test_turning_point_at_a_tie_goes_by_organization_number():
    one = rules(criterion(transform="min_max"), choice=greatest_need(2, 0))
    result = scored(one, subjects("49.9", "50", "100", "0"))

    assert turning_points(result, number(1))[0].needed == Decimal("50")


def test_turning_point_says_when_none_is_possible():
    criteria = [
        criterion("none", weight="0"),
        criterion("equal"),
        criterion("bound", transform="min_max", weight="10", lowest="0", highest="100"),
        criterion("ranked", transform="percentile_rank", weight="0.1"),
        criterion("main", weight="10"),
    ]
    found = [
        subject(place, none="1", equal="5", bound=str(place), ranked=str(place), main=str(place * 10))
        for place in (1, 2, 9)
    ]
    result = scored(rules(*criteria, choice=greatest_need(1, 0)), found)

    points = {point.criterion.key: point for point in turning_points(result, number(1))}
    whys = {key: point.why_not for key, point in points.items()}
    assert whys == {"none": "no_weight", "equal": "all_equal", "bound": "", "ranked": "out_of_reach", "main": ""}
    assert points["bound"].is_beyond_all is True
    assert {point.why_not for point in turning_points(result, number(1), limit=3)} == {"nobody_beyond"}


def test_turning_point_beyond_what_the_figure_can_be_is_said_impossible():
    share = criterion("share", weight="0.001", lowest="0", highest="100")
    one = rules(share, criterion("main", weight="10"), choice=greatest_need(1, 0))
    result = scored(one, [subject(place, share=str(place), main=str(place)) for place in (10, 20, 30)])

    points = turning_points(result, number(10))
    assert [(point.why_not, point.needed is None) for point in points] == [("beyond_bounds", True), ("", False)]


@given(rounds(least=2), st.data())
def test_turning_point_turns_it_and_one_step_less_does_not(round_, data):
    """Checked by putting the figure in and ranking again with the constants of the frozen round."""
    result = scored(*round_)
    chosen = data.draw(st.sampled_from([one.organization_number for one in result.subjects]))
    limit = data.draw(st.integers(1, max(1, len(result) - 1)))
    place = result.places[chosen]
    was_inside = result.of(chosen).rank <= limit

    def is_inside(each, figure):
        moved = result.totals[place] - result.parts[each.key][place]
        moved += part(each, result.transforms[each.key], units(figure))
        totals = {one.organization_number: total for one, total in zip(result.subjects, result.totals, strict=True)}
        order = sorted({**totals, chosen: moved}.items(), key=lambda item: (-item[1], item[0]))
        return [organization_number for organization_number, _total in order].index(chosen) < limit

    for point in turning_points(result, chosen, limit):
        if point.needed is not None:
            values = [one.observation(point.criterion.key).value for one in result.subjects]
            steps = max(0, *(-value.normalize().as_tuple().exponent for value in values if value is not None))
            upwards = (point.criterion.sign > 0) != was_inside
            less = point.needed - (1 if upwards else -1) * Decimal(1).scaleb(-steps)
            assert is_inside(point.criterion, point.needed) != was_inside
            assert is_inside(point.criterion, less) == was_inside


def test_standing_in_a_pair_round():
    one = rules(choice=pairs(2, 1), strata={"by": ["county"]})
    counties = ["01", "01", "01", "25", "25", "25", "25"]
    found = [subject(place, county=county, newly_arrived=str(90 - place)) for place, county in enumerate(counties)]
    outside = [subject(70, kind="region", newly_arrived="1")]
    undrawn, drawn = (resolve(frozen(one, found + outside), seed) for seed in (None, SEED))

    # The four of greatest need: 0 and 1 pair, 2 and 3 are alone in their counties; 4 and 5 are the further pair.
    assert standing(undrawn, number(0)).code == "paired"
    offered, compared = sorted((0, 1), key=lambda place: lot(SEED, number(place)))
    reserve, kept = sorted((4, 5), key=lambda place: lot(SEED, number(place)))
    codes = {place: standing(drawn, number(place)).code for place in (0, 1, 2, 3, 4, 5, 6, 70, 71)}
    assert codes == {
        offered: "offered",
        compared: "compared",
        2: "leftover",
        3: "leftover",
        reserve: "reserve",
        kept: "compared_further",
        6: "not_reached",
        70: "left_out",
        71: "unknown",
    }


def test_standing_by_greatest_need():
    result = resolve(frozen(rules(choice=greatest_need(1, 1)), subjects("3", "2", "1")))

    assert [standing(result, number(place)).code for place in (1, 2, 3)] == ["offered", "reserve", "not_reached"]


def test_explanation_leaves_the_round_as_it_was():
    result = resolve(frozen(rules(), subjects("6", "5", "4", "3", "2", "1")), SEED)
    before = replace(result).digest()
    turning_points(result.scored, number(1))
    explain(result.scored, number(1))

    assert result.digest() == before
