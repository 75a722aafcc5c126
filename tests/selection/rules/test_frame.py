"""Who is in the frame, and the one reason given for each who is not."""

import pytest

from samspel.selection.rules.frame import draw_up
from samspel.selection.rules.problems import Refused

from .rounds import criterion, number, rules, subject


def left_out(found, **changes):
    frame = draw_up(found, rules(changes.pop("criterion", criterion()), **changes))
    return {out.subject.organization_number: (out.reason, out.detail) for out in frame.left_out}


def test_organizer_of_another_type_is_left_out():
    found = [subject(1, newly_arrived="1"), subject(2, kind="region", newly_arrived="1")]

    assert left_out(found) == {number(2): ("organizer_type", "region")}


def test_federation_is_left_out_where_the_round_says_so():
    found = [subject(1, newly_arrived="1"), subject(2, kind="municipal_federation", newly_arrived="1")]

    assert left_out(found, federations="leave_out") == {number(2): ("federation_left_out", "")}
    assert left_out(found, federations="own_row_only") == {}


def test_one_of_the_school_forms_is_enough():
    found = [
        subject(1, school_forms=("GR", "FTH"), newly_arrived="1"),
        subject(2, school_forms=("GY",), newly_arrived="1"),
        subject(3, newly_arrived="1"),
    ]

    assert left_out(found, school_forms=["GR", "GRAN"]) == {
        number(2): ("school_form", ""),
        number(3): ("school_form", ""),
    }


def test_least_number_of_pupils_is_enough_and_an_unknown_number_is_not_zero():
    found = [subject(place, pupils=pupils, newly_arrived="1") for place, pupils in enumerate((100, 99, 0, None))]
    least = {"least_pupils": 100, "pupils_indicator": "pupils", "pupils_period": "2023/24"}

    assert left_out(found, **least) == {
        number(1): ("too_few_pupils", ""),
        number(2): ("too_few_pupils", ""),
        number(3): ("pupils_unknown", ""),
    }


def test_organizer_already_in_a_named_scheme_is_left_out_and_in_another_is_not():
    found = [
        subject(1, already_in=("riktade-insatser",), newly_arrived="1"),
        subject(2, already_in=("samordnarinsatsen",), newly_arrived="1"),
    ]

    assert left_out(found, not_already_in=["riktade-insatser"]) == {number(1): ("already_in", "riktade-insatser")}


def test_exclusion_keeps_kind_and_reason_and_is_counted_by_kind():
    exclusions = [
        {"organization_number": number(1), "kind": "reorganized", "reason": "Två förvaltningar slås ihop."},
        {"organization_number": number(2), "kind": "other", "reason": "Beslut 2024-01-15."},
        {"organization_number": number(9), "kind": "other", "reason": "Inte med bland huvudmännen alls."},
    ]
    found = [subject(place, newly_arrived="1") for place in (1, 2, 3)]
    frame = draw_up(found, rules(exclusions=exclusions))

    assert [(out.detail, out.note) for out in frame.left_out] == [
        ("reorganized", "Två förvaltningar slås ihop."),
        ("other", "Beslut 2024-01-15."),
    ]
    assert frame.exclusions_by_kind() == {"other": 1, "reorganized": 1}


def test_counts_by_reason_add_up_to_all_who_were_considered():
    found = [
        subject(1, newly_arrived="1"),
        subject(2, kind="region", school_forms=(), newly_arrived=None),
        subject(3, newly_arrived=None),
    ]
    frame = draw_up(found, rules(criterion(missing="exclude_subject")))

    assert frame.counts() == {"organizer_type": 1, "value_missing": 1}
    assert (frame.considered, len(frame.inside)) == (3, 1)
    assert [out.detail for out in frame.left_out] == ["region", "newly_arrived"]


def test_missing_value_is_refused_by_name_where_the_criterion_says_so():
    found = [subject(1, newly_arrived="1"), subject(2, newly_arrived=None), subject(3)]
    with pytest.raises(Refused) as refused:
        draw_up(found, rules())

    assert [(problem.code, problem.where) for problem in refused.value.problems] == [
        ("value_is_missing", f"data.{number(2)}.newly_arrived"),
        ("value_is_missing", f"data.{number(3)}.newly_arrived"),
    ]


def test_empty_frame_is_refused():
    with pytest.raises(Refused) as refused:
        draw_up([subject(1, kind="region")], rules())

    assert [problem.code for problem in refused.value.problems] == ["frame_is_empty"]


def test_same_number_twice_is_refused():
    with pytest.raises(Refused) as refused:
        draw_up([subject(1, newly_arrived="1"), subject(1, newly_arrived="2")], rules())

    assert [(problem.code, problem.facts["stood"]) for problem in refused.value.problems] == [("repeated", number(1))]
