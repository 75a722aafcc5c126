"""What has to be said beside a result."""

from samspel.selection.rules.notices import Notice, notices
from samspel.selection.rules.result import resolve
from samspel.selection.rules.subjects import Observation

from .rounds import SEED, criterion, frozen, greatest_need, observation, pairs, rules, subject, subjects


def said(round_rules, found):
    seed = SEED if round_rules.choice.mode == "pairs" else None
    return notices(resolve(frozen(round_rules, found), seed))


def test_nothing_is_said_of_a_round_where_all_went_as_stated():
    assert said(rules(choice=pairs(2, 1)), subjects("6", "5", "4", "3", "2", "1")) == []


def test_stand_in_is_named_with_what_it_stands_in_for():
    figures = [observation(value)._replace(indicator="foreign-background", stand_in=True) for value in ("1", "2")]
    found = [subject(place, values={"mother_tongue": figure}) for place, figure in enumerate(figures)]
    one = rules(criterion("mother_tongue", stand_in="foreign-background"), choice=greatest_need(1, 0))

    assert said(one, [*found]) == [
        Notice("stand_in", "mother_tongue", {"indicator": "indicator-mother_tongue", "stand_in": "foreign-background"})
    ]


def test_criterion_that_tells_nobody_apart_is_named():
    assert said(rules(choice=greatest_need(1, 0)), subjects("2", "2")) == [Notice("all_equal", "newly_arrived")]


def test_criterion_without_any_figure_is_named():
    found = said(rules(criterion(missing="median"), choice=greatest_need(1, 0)), subjects(None, None))

    assert found == [Notice("no_figures", "newly_arrived"), Notice("without_part", "newly_arrived", {"count": "2"})]


def test_filled_in_figures_are_counted():
    found = said(rules(criterion(missing="median"), choice=greatest_need(1, 0)), subjects("1", "2", None))

    assert found == [Notice("filled_in", "newly_arrived", {"count": "1"})]


def test_figures_of_several_periods_are_named():
    older = Observation(observation("1").value, "exact", "2022/23")
    found = [*subjects("2"), subject(2, values={"newly_arrived": older})]

    assert said(rules(choice=greatest_need(1, 0)), found) == [
        Notice("several_periods", "newly_arrived", {"periods": "2022/23; 2023/24"})
    ]


def test_pairs_fewer_than_stated_are_said():
    assert said(rules(choice=pairs(2, 1)), subjects("3", "2", "1")) == [
        Notice("fewer_subjects", "", {"subjects": "3", "reaches": "6"}),
        Notice("fewer_pairs", "", {"pairs": "1", "stated": "2"}),
        Notice("fewer_further_pairs", "", {"pairs": "0", "stated": "1"}),
    ]
