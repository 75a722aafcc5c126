"""The rules of a round as a document: what can be said, what is refused, and where."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.selection.rules.criteria import Criterion, YearRule
from samspel.selection.rules.problems import Refused
from samspel.selection.rules.settings import FrameRules, from_document, problems_in
from samspel.selection.rules.snapshot import freeze
from samspel.selection.rules.snapshot import from_document as read_snapshot

from .rounds import criterion, frozen, greatest_need, number, pairs, rounds, rules, rules_document, subjects

KEYS = ["federations", "criteria", "strata", "choice", "mode", "pairs", "bounds", "by", "key", "weight", "year", "data"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["pairs", "z_score", "2024", "0.5"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=20,
)


def found(document):
    return [(problem.code, problem.where) for problem in problems_in(document)]


def test_shortest_whole_rules_take_the_stated_defaults():
    one = rules()

    assert one.federations == "own_row_only"
    assert one.frame == FrameRules(organizer_types=("municipality", "municipal_federation"))
    assert one.criteria[0] == Criterion("newly_arrived", "indicator-newly_arrived", one.criteria[0].weight)
    assert (one.choice.limit, one.choice.further_limit) == (4, 6)


def test_choice_by_need_reaches_offers_and_reserves():
    choice = rules(choice=greatest_need(3, 2)).choice

    assert (choice.limit, choice.further_limit) == (3, 5)


def test_whole_rules_come_back_as_they_were():
    document = rules_document(
        criterion("a", stand_in="b", year={"rule": "exact", "period": "2023/24"}, lowest="0", highest="100.5"),
        criterion("c", year={"rule": "mean_of_latest", "years": 3}, slice="all", weight="0.25"),
        federations="population_weighted_mean_of_members",
        strata={"by": ["size_class", "county"], "size_of": "pupils", "bounds": [1000, 5000]},
        choice=pairs(24, 6),
        school_forms=["GR", "GRAN"],
        least_pupils=100,
        pupils_indicator="pupils",
        pupils_period="2023/24",
        not_already_in=["riktade-insatser"],
        exclusions=[
            {"organization_number": number(1), "kind": "other", "reason": "Kommunen ingår i en försöksverksamhet."}
        ],
    )
    once = from_document(document).document()

    assert once["criteria"][0]["year"] == {"rule": "exact", "period": "2023/24"}
    assert once["frame"] == document["frame"]
    assert once["strata"] == document["strata"]
    assert from_document(json.loads(json.dumps(once))).document() == once


@given(rounds())
def test_any_rules_and_data_come_back_as_they_were(round_):
    snapshot = frozen(*round_)

    assert read_snapshot(json.loads(snapshot.canonical_bytes())).canonical_bytes() == snapshot.canonical_bytes()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"weight": 1}, ("not_a_weight", "criteria[0].weight")),
        ({"weight": "0,5"}, ("not_a_weight", "criteria[0].weight")),
        ({"weight": "-1"}, ("not_a_weight", "criteria[0].weight")),
        ({"weight": "1000.1"}, ("not_a_weight", "criteria[0].weight")),
        ({"weight": "1e3"}, ("not_a_weight", "criteria[0].weight")),
        ({"transform": "log"}, ("not_a_choice", "criteria[0].transform")),
        ({"direction": "up"}, ("not_a_choice", "criteria[0].direction")),
        ({"missing": "zero"}, ("not_a_choice", "criteria[0].missing")),
        ({"missing": "neutral", "transform": "min_max"}, ("neutral_needs_z_score", "criteria[0].missing")),
        ({"stand_in": "indicator-newly_arrived"}, ("stand_in_is_the_indicator", "criteria[0].stand_in")),
        ({"year": {"rule": "exact"}}, ("not_a_period", "criteria[0].year.period")),
        ({"year": {"rule": "mean_of_latest", "years": 1}}, ("not_a_whole_number", "criteria[0].year.years")),
        ({"year": {"rule": "latest", "period": "2024"}}, ("unknown_key", "criteria[0].year.period")),
        ({"year": []}, ("not_a_table", "criteria[0].year")),
        ({"lowest": "5", "highest": "1"}, ("bounds_out_of_order", "criteria[0].lowest")),
        ({"lowest": 0}, ("not_a_decimal", "criteria[0].lowest")),
        ({"wieght": "1"}, ("unknown_key", "criteria[0].wieght")),
        ({"key": "Nyanlända", "indicator": "x"}, ("not_a_key", "criteria[0].key")),
    ],
)
def test_criterion_is_refused_with_the_place_of_what_is_wrong(changes, expected):
    assert found(rules_document(criterion(**changes))) == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"federations": "largest_member"}, ("not_a_choice", "federations")),
        ({"choice": {"mode": "lottery"}}, ("not_a_choice", "choice.mode")),
        ({"choice": {"mode": "pairs", "pairs": 0}}, ("not_a_whole_number", "choice.pairs")),
        ({"choice": {"mode": "pairs", "pairs": True}}, ("not_a_whole_number", "choice.pairs")),
        ({"choice": {"mode": "pairs", "pairs": 1, "offers": 1}}, ("unknown_key", "choice.offers")),
        ({"choice": {"mode": "greatest_need", "offers": 1, "reserves": -1}}, ("not_a_whole_number", "choice.reserves")),
        ({"strata": {"by": ["colour"]}}, ("not_a_choice", "strata.by")),
        ({"strata": {"by": ["county", "county"]}}, ("repeated", "strata.by")),
        ({"strata": {"by": ["size_class"]}}, ("size_class_needs_bounds", "strata.bounds")),
        ({"strata": {"bounds": [1000]}}, ("size_class_needs_bounds", "strata.bounds")),
        ({"strata": {"by": ["size_class"], "bounds": [5, 5]}}, ("not_rising", "strata.bounds")),
        ({"organizer_types": []}, ("wrong_number_of_items", "frame.organizer_types")),
        ({"least_pupils": 10, "pupils_period": "2024"}, ("not_a_key", "frame.pupils_indicator")),
        ({"exclusions": [{"organization_number": "212000-0142", "kind": "other", "reason": "x"}]},
         ("not_an_organization_number", "frame.exclusions[0].organization_number")),
        ({"exclusions": [{"organization_number": number(1), "kind": "other", "reason": " "}]},
         ("not_a_text", "frame.exclusions[0].reason")),
        ({"exclusions": [{"organization_number": number(1), "kind": "other", "reason": "x"}] * 2},
         ("repeated", "frame.exclusions")),
    ],
)  # fmt: skip
def test_rules_are_refused_with_the_place_of_what_is_wrong(changes, expected):
    assert found(rules_document(**changes)) == [expected]


def test_every_problem_is_named_at_once():
    document = rules_document(criterion(weight="x", transform="y"), criterion(), choice={"mode": None})

    assert found(document) == [
        ("not_a_choice", "criteria[0].transform"),
        ("not_a_weight", "criteria[0].weight"),
        ("not_a_choice", "choice.mode"),
        ("repeated", "criteria"),
    ]


def test_rules_where_nothing_weighs_are_refused():
    assert found(rules_document(criterion(weight="0"))) == [("no_weight", "criteria")]


def test_problem_says_what_stood_and_what_was_expected():
    problem = problems_in(rules_document(choice={"mode": "lottery"}))[0]

    assert dict(problem.facts) == {"stood": "lottery", "expected": "greatest_need, pairs"}


@given(JSON)
def test_any_document_is_answered_with_problems_and_never_an_error(document):
    assert problems_in(document) != []
    with pytest.raises(Refused):
        from_document(document)
    with pytest.raises(Refused):
        read_snapshot(document)


@given(rounds(), st.data(), JSON)
def test_whole_rules_with_anything_in_one_place_never_give_another_error_than_refused(round_, data, anything):
    document = frozen(*round_).document()
    inner = document
    for _depth in range(data.draw(st.integers(0, 4))):
        keys = [key for key in inner if isinstance(inner[key], dict)] if isinstance(inner, dict) else []
        if not keys:
            break
        inner = inner[data.draw(st.sampled_from(keys))]
    if inner:
        inner[data.draw(st.sampled_from(list(inner)))] = anything
    try:
        digest = read_snapshot(document).digest()
    except Refused:
        return
    assert len(digest) == 64


@pytest.mark.parametrize("bad", [("exact", None), ("suppressed", "0"), ("missing", "3")])
def test_value_that_goes_against_its_mark_is_refused_suppressed_is_never_zero(bad):
    document = frozen(rules(), subjects("1", "2", "3", "4")).document()
    document["data"][2]["values"]["newly_arrived"].update(mark=bad[0], value=bad[1])
    with pytest.raises(Refused) as refused:
        read_snapshot(document)

    problems = [(problem.code, problem.where) for problem in refused.value.problems]
    assert problems == [("value_against_mark", "data[2].values.newly_arrived.value")]


def test_organizer_twice_in_the_data_is_refused():
    one = subjects("1", "2")
    with pytest.raises(Refused) as refused:
        freeze("ri", rules(choice=greatest_need()), [*one, one[0]])

    assert [(problem.code, problem.where) for problem in refused.value.problems] == [("repeated", "data")]


def test_lot_needs_a_commitment_and_choice_by_need_has_none():
    for one, commitment in ((rules(), ""), (rules(choice=greatest_need()), "0" * 64)):
        with pytest.raises(Refused) as refused:
            freeze("ri", one, subjects("1", "2"), commitment)
        assert [problem.code for problem in refused.value.problems] == ["commitment_against_mode"]


def test_year_rule_writes_only_what_it_has():
    assert YearRule("latest").document() == {"rule": "latest"}
    assert YearRule("mean_of_latest", years=2).document() == {"rule": "mean_of_latest", "years": 2}
