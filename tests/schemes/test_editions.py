"""An edition says everything about a scheme, or why it cannot be read."""

from __future__ import annotations

import copy
import tomllib
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.schemes.rules import editions, steps
from samspel.schemes.rules.school_forms import SCHOOL_FORMS, names_on

SHIPPED = files("samspel.schemes") / "editions"
DOCUMENTS = {
    document["slug"]: document
    for path in SHIPPED.iterdir()
    if path.name.endswith(".toml") and (document := tomllib.loads(path.read_text(encoding="utf-8")))
}


def changed(slug: str = "riktade-insatser-2020", **changes: object) -> dict:
    return copy.deepcopy(DOCUMENTS[slug]) | changes


def problems(document: dict) -> list[tuple[str, str]]:
    with pytest.raises(editions.EditionRefused) as refusal:
        editions.read(document)
    return [(problem.code, problem.where) for problem in refusal.value.problems]


def test_the_three_schemes_come_with_the_program():
    assert sorted(DOCUMENTS) == ["riktade-insatser-2020", "samordnarinsatsen-2022", "samverkan-for-basta-skola-2017"]


@pytest.mark.parametrize("slug", sorted(DOCUMENTS))
def test_a_shipped_edition_is_read_whole(slug):
    assert editions.read(DOCUMENTS[slug]).slug == slug


def test_riktade_insatser_has_six_terms_six_conferences_two_interim_reports_and_a_final_one():
    rules = editions.read(DOCUMENTS["riktade-insatser-2020"])

    assert (rules.terms, rules.conferences, rules.interim_reports, rules.final_reports) == (6, 6, 2, 1)
    assert rules.entry is editions.Entry.SELECTION
    assert [criterion.key for criterion in rules.criteria] == ["socioeconomic", "mother_tongue", "newly_arrived"]


def test_the_coordinator_scheme_is_open_and_has_no_end():
    rules = editions.read(DOCUMENTS["samordnarinsatsen-2022"])

    assert (rules.entry, rules.terms, rules.payment_mode) == (editions.Entry.OPEN, None, editions.PaymentMode.NONE)


def test_every_problem_is_told_at_once():
    document = changed(format="other", entry="lottery", surprise=1, valid_from="soon")
    document["steps"][0]["actor"] = "nobody"
    document["name"] = {"sv": "Bara svenska"}

    assert problems(document) == [
        ("unknown_format", "format"),
        ("unknown_key", "surprise"),
        ("date_needed", "valid_from"),
        ("both_languages_needed", "name"),
        ("unknown_word", "entry"),
        ("unknown_role", "steps[1].actor"),
    ]


def test_a_scheme_that_selects_says_what_it_looks_at():
    assert problems(changed(criteria=[])) == [("criteria_needed", "criteria")]


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
ODD = LEAVES | st.lists(LEAVES | st.dictionaries(st.text(max_size=5), LEAVES, max_size=3), max_size=3)


@given(ODD | st.dictionaries(st.text(max_size=5), ODD, max_size=3), st.sampled_from(sorted(editions._KNOWN)))
def test_no_document_whatever_breaks_the_reader(value, key):
    document = copy.deepcopy(DOCUMENTS["riktade-insatser-2020"]) | {key: value}
    try:
        editions.read(document)
    except editions.EditionRefused as refusal:
        assert refusal.problems


def test_the_digest_is_of_the_content_and_not_of_its_order():
    document = DOCUMENTS["riktade-insatser-2020"]
    turned = dict(reversed(list(document.items())))

    assert editions.digest(document) == editions.digest(turned)
    assert editions.digest(document) != editions.digest(changed(terms=4))


def test_a_school_form_is_called_by_its_name_of_the_day():
    assert names_on(("GRAN",), date(2023, 7, 1)) == ["Grundsärskola"]
    assert names_on(("GRAN",), date(2023, 7, 2)) == ["Anpassad grundskola"]
    assert names_on(("VUXAN",), date(2020, 5, 25)) == ["Särskild utbildning för vuxna"]
    assert names_on(("GYAN",), date(2024, 1, 1), "en") == ["Adapted upper secondary school"]


def test_every_school_form_has_its_names_in_the_order_of_time():
    for form in SCHOOL_FORMS.values():
        days = [since for since, _swedish, _english in form.names]
        assert days == sorted(days) and days[0] == date.min


def test_a_guard_registers_against_a_kind_that_exists_and_only_once(monkeypatch):
    monkeypatch.setattr(steps, "_guards", steps.defaultdict(list))
    steps.register_guard("second_agreement", "plan_decided", list)

    assert steps.guards_of("second_agreement") == [list]
    with pytest.raises(ValueError, match="already"):
        steps.register_guard("second_agreement", "plan_decided", list)
    with pytest.raises(ValueError, match="no_such_step"):
        steps.register_guard("no_such_step", "plan_decided", list)
