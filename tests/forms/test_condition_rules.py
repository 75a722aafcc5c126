"""Which questions are asked, given what is answered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.forms.rules.conditions import asked, holds, is_required
from samspel.forms.rules.definitions import Condition, read
from samspel.forms.rules.paths import LONGEST, Path, cell, parse
from samspel.forms.rules.tables import by_question
from samspel.testing.examples import many
from tests.forms.conftest import BODY
from tests.forms.made_definitions import definitions
from tests.forms.test_definition_rules import OPTIONS, form, question, two_sections, waiting

ALL = frozenset({"q"})


@pytest.mark.parametrize(
    ("test", "wanted", "value", "yes"),
    [
        ("is", "high", "high", True),
        ("is", "high", "low", False),
        ("is", "3", 3, True),
        ("is_not", "high", "low", True),
        ("is_not", "high", "high", False),
        ("has", "calm", ["calm", "reading"], True),
        ("has", "calm", ["reading"], False),
        ("has", "a", "calm", False),
        ("at_least", "3", "3.0", True),
        ("at_least", "3", "2.99", False),
        ("at_most", "10000", 10000, True),
        ("at_most", "10000", 10001, False),
        ("at_least", "3", "many", False),
        ("is_answered", "", "0", True),
        ("is_answered", "", 0, True),
        ("is_answered", "", [], False),
    ],
)
def test_a_condition_holds(test, wanted, value, yes):
    assert holds(Condition("q", test, wanted), {"q": value}, ALL) is yes


@pytest.mark.parametrize("test", ["is", "is_not", "has", "at_least", "at_most", "is_answered"])
def test_of_an_unanswered_question_nothing_holds(test):
    assert not holds(Condition("q", test, "3"), {"q": None}, ALL)
    assert not holds(Condition("q", test, "3"), {}, ALL)
    assert not holds(Condition("q", test, "3"), {"q": 3}, frozenset())


def test_all_and_any_are_built_of_others():
    yes, no = Condition("q", "is", "1"), Condition("q", "is", "2")

    assert holds(Condition(all_of=(yes, Condition(any_of=(no, yes)))), {"q": 1}, ALL)
    assert not holds(Condition(all_of=(yes, no)), {"q": 1}, ALL)
    assert not holds(Condition(any_of=(no, no)), {"q": 1}, ALL)


def test_a_question_is_asked_when_its_condition_holds():
    definition = read(BODY)

    assert "why_high" in asked(definition, {"need": "high"})
    assert "why_high" not in asked(definition, {"need": "low"})
    assert "why_high" not in asked(definition, {})


def test_what_depends_on_a_question_that_is_not_asked_is_not_asked():
    gate = question("gate", "one_of", options=OPTIONS)
    inner = question("inner", asked_when={"question": "gate", "is": "yes"})
    definition = read(form(gate, inner, waiting("last", "inner")))

    assert asked(definition, {"gate": "yes", "inner": "text"}) == {"gate", "inner", "last"}
    assert asked(definition, {"gate": "no", "inner": "text"}) == {"gate"}


def test_a_section_may_wait_for_a_question_in_a_later_one():
    definition = read(two_sections({"question": "b", "is_answered": True}, None))

    assert asked(definition, {}) == {"b"}
    assert asked(definition, {"b": "text"}) == {"a", "b"}


def test_a_table_is_answered_when_it_has_a_row():
    rows = question("table", "rows", columns=[question("cell")])
    definition = read(form(rows, waiting("after", "table")))

    assert "after" not in asked(definition, by_question(definition, {}))
    assert "after" in asked(definition, by_question(definition, {"table/a": 1}))


def test_a_chain_of_four_hundred_questions_is_followed():
    definition = read(form(question("q0"), *(waiting(f"q{n}", f"q{n - 1}") for n in range(1, 400))))

    assert len(asked(definition, {f"q{n}": "text" for n in range(400)})) == 400
    assert asked(definition, {"q0": "text"}) == {"q0", "q1"}


def test_a_question_is_required_always_or_when_its_condition_holds():
    gate = question("gate", "one_of", options=OPTIONS)
    when = question("when", required_when={"question": "gate", "is": "yes"})
    definition = read(form(gate, when, question("always", is_required=True)))
    keys = frozenset(definition.questions)

    assert is_required(definition.questions["always"], {}, keys)
    assert is_required(definition.questions["when"], {"gate": "yes"}, keys)
    assert not is_required(definition.questions["when"], {"gate": "no"}, keys)
    assert not is_required(definition.questions["when"], {"gate": "yes"}, keys - {"gate"})


values = st.one_of(st.none(), st.text(max_size=3), st.integers(), st.sampled_from(["o0", "HT2026"]), st.just(["o0"]))


@settings(max_examples=many(80), deadline=None)
@given(definitions(), st.data())
def test_whatever_is_answered_something_is_asked_and_conditions_decide(data, draw):
    definition = read(data)
    answers = {key: draw.draw(values) for key in definition.questions}

    found = asked(definition, answers)

    assert {key for key, needed in definition.waits.items() if not needed} <= found
    for key in definition.questions:
        own = [definition.section_of[key].asked_when, definition.questions[key].asked_when]
        assert (key in found) == all(holds(each, answers, found) for each in own if each)


# Paths and tables


@pytest.mark.parametrize("text", ["question", "question/r1", "question/r1/column"])
def test_a_path_is_read_and_written_the_same(text):
    assert str(parse(text)) == text


def test_a_cell_has_a_path():
    assert parse(cell("table", "r1", "cost")) == Path("table", "r1", "cost")


@pytest.mark.parametrize(
    "text", ["", "/", "a/", "a//b", "a/b/c/d", "a/B", "a/b c", "a/" + "r" * 13, "a" * (LONGEST + 1), "a/r\n"]
)
def test_what_is_no_path_is_refused(text):
    with pytest.raises(ValueError, match=r"\A"):
        parse(text)


def test_rows_stand_in_their_order_with_their_cells():
    definition = read(BODY)
    fields = {
        "summary": "text",
        "measures/b": 2,
        "measures/b/what": "second",
        "measures/a": 1,
        "measures/a/what": "first",
        "measures/a/cost": 100,
        "measures/gone/what": "a cell without its row",
        "measures/a/nothing": "a column that is not there",
        "nothing": "a question that is not there",
        "nothing/a/b": "neither",
    }

    assert by_question(definition, fields) == {
        "summary": "text",
        "measures": [{"row": "a", "what": "first", "cost": 100}, {"row": "b", "what": "second"}],
    }


@settings(max_examples=many(200), deadline=None)
@given(
    st.dictionaries(
        st.text(alphabet="/ab1 \x00", max_size=6).map(lambda text: f"measures{text}"),
        st.none() | st.integers() | st.text(max_size=3),
    )
)
def test_fields_of_any_path_are_read_or_left_out(fields):
    definition = read(BODY)

    assert set(by_question(definition, fields)) <= set(definition.questions)
