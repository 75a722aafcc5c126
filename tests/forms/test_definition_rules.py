"""A definition is read whole, or refused with every fault told and never in any other way."""

import json
import tomllib
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.forms.rules.definitions import DefinitionRefused, Fault, Type, as_data, digest_of, faults_of, read
from samspel.forms.rules.definitions.faults import MOST_FAULTS
from samspel.forms.rules.definitions.types import ROLES
from samspel.registry.models import Role
from samspel.testing.examples import many
from tests.forms.conftest import BODY
from tests.forms.made_definitions import definitions

OPTIONS = [{"key": "yes", "label": "Ja"}, {"key": "no", "label": "Nej"}]
NOT_BETWEEN = "not_a_number_between"


def question(key="what", type="short_text", **more):
    return {"key": key, "type": type, "label": "Vad?"} | more


def form(*questions, **more):
    sections = [{"key": "first", "title": "Först", "questions": list(questions)}]
    return {"format": "samspel.form/1", "slug": "a-form", "name": "Ett formulär", "sections": sections} | more


def rows(**more):
    return question(type="rows", columns=[question()]) | more


def faults(*questions, **more):
    return [(fault.where, fault.code) for fault in faults_of(form(*questions, **more))]


def test_everything_that_a_definition_can_say_is_read():
    found = read(BODY)

    assert [section.key for section in found.sections] == ["background", "plan"]
    assert found.questions["summary"].limits.max_words == 200
    assert found.questions["measures"].column("cost").has_sum
    assert found.questions["why_high"].asked_when.questions == {"need"}
    assert found.section_of["ceiling"].key == "plan"
    assert found.personal_data.keep_months == 24


def test_a_string_is_swedish_words():
    assert read(form(question())).questions["what"].label.in_language("sv") == "Vad?"


def test_swedish_stands_in_where_there_is_no_english():
    assert read(form(question())).questions["what"].label.in_language("en") == "Vad?"


@settings(max_examples=many(60), deadline=None)
@given(definitions())
def test_a_definition_written_and_read_again_is_the_same(data):
    found = read(data)

    assert read(as_data(found)) == found
    assert read(json.loads(json.dumps(as_data(found)))) == found
    assert digest_of(read(as_data(found))) == digest_of(found)


def test_toml_with_a_date_is_read():
    text = """
        format = "samspel.form/1"
        slug = "a-form"
        name = "Ett formulär"
        [[sections]]
        key = "first"
        title = "Först"
        [[sections.questions]]
        key = "when"
        type = "date"
        label = "När?"
        least = 2026-01-01
    """

    assert read(tomllib.loads(text)).questions["when"].limits.least == "2026-01-01"


def test_another_word_anywhere_is_another_digest():
    other = deepcopy(BODY)
    other["sections"][0]["questions"][0]["help"] = {"sv": "Kort."}

    assert digest_of(read(other)) != digest_of(read(BODY))


def test_what_says_nothing_changes_nothing():
    assert digest_of(read(form(question(help="", options=[], least_rows=0, unit=None)))) == digest_of(
        read(form(question()))
    )


def test_every_fault_is_told_at_once_and_where_it_stands():
    found = faults_of(
        {
            "format": "samspel.form/2",
            "slug": "Not a slug",
            "name": {"en": "Only English"},
            "colour": "red",
            "sections": [
                {
                    "key": "first",
                    "title": "Först",
                    "questions": [
                        question("Upper"),
                        question("amount", "number", least=5, most=2),
                        question("choice", "one_of", options=OPTIONS[:1]),
                        question("table", "rows"),
                    ],
                }
            ],
        }
    )

    assert found == (
        Fault("colour", "unknown_word", "colour"),
        Fault("format", "format", "samspel.form/2"),
        Fault("slug", "slug", "Not a slug"),
        Fault("name", "needs_swedish"),
        Fault("sections.first.1", "key", "Upper"),
        Fault("sections.first.amount.most", "least_above_most", "5 > 2"),
        Fault("sections.first.choice.options", "needs_options"),
        Fault("sections.first.table.columns", "needs_columns"),
    )


@pytest.mark.parametrize(
    ("asked", "where", "code"),
    [
        (question(type="colour"), "what.type", "not_one_of"),
        (question(label=""), "what.label", "needs_swedish"),
        (question(label=["Vad?"]), "what.label", "not_a_table"),
        (question(label={"sv": 3}), "what.label.sv", "not_words"),
        (question(label={"sv": "Vad?", "de": "Was?"}), "what.label.de", "unknown_word"),
        (question(label="V\x00ad"), "what.label.sv", "unfit_signs"),
        (question(label="V\ud800ad"), "what.label.sv", "unfit_signs"),
        (question(label="x" * 501), "what.label", "too_long_text"),
        (question(help="x" * 1_000_000), "what.help", "too_long_text"),
        (question(is_required="yes"), "what.is_required", "not_yes_or_no"),
        (question(max_words=0), "what.max_words", NOT_BETWEEN),
        (question(max_words=True), "what.max_words", NOT_BETWEEN),
        (question(max_words=10**4000), "what.max_words", NOT_BETWEEN),
        (question(least=3), "what.least", "does_not_belong"),
        (question(columns=[question()]), "what.columns", "does_not_belong"),
        (question(more={"a": 1}), "what.more", "does_not_belong"),
        (question(type="number", max_words=3), "what.max_words", "does_not_belong"),
        (question(type="number", least="many"), "what.least", "limit"),
        (question(type="number", least=10**400), "what.least", "limit"),
        (question(type="number", most="1e999999999"), "what.most", "limit"),
        (question(type="number", most=float("nan")), "what.most", "limit"),
        (question(type="number", decimals=7), "what.decimals", NOT_BETWEEN),
        (question(type="money", least="0.5"), "what.least", "limit"),
        (question(type="date", least="2026-02-30"), "what.least", "limit"),
        (question(type="date", least="2026-02-02", most="2026-02-01"), "what.most", "least_above_most"),
        (question(type="scale"), "what", "scale_needs_ends"),
        (question(type="scale", least=1, most=1), "what", "scale_steps"),
        (question(type="scale", least=1, most=100), "what", "scale_steps"),
        (question(type="registry_value"), "what.of", "not_one_of"),
        (question(type="registry_value", of=["organizer"]), "what.of", "not_one_of"),
        (question(type="indicator_series"), "what.indicator", "needs_an_indicator"),
        (question(prefill="Organizer name"), "what.prefill", "not_a_name"),
        (question(is_fixed=True), "what.prefill", "fixed_needs_prefill"),
        (question(type="one_of", options=[*OPTIONS, OPTIONS[0]]), "what.options", "key_twice"),
        (question(type="one_of", options=["yes", "no"]), "what.options.1", "not_a_table"),
        (question(type="one_of", options={"yes": "Ja"}), "what.options", "not_a_list"),
        (question(type="one_of", options=OPTIONS * 60), "what.options", "too_many"),
        (question(type="rows", columns=[question(type="rows")]), "what.what.type", "not_one_of"),
        (question(type="rows", columns=[question(has_sum=True)]), "what.what.has_sum", "does_not_belong"),
        (question(type="rows", columns=[question(), question()]), "what.columns", "key_twice"),
        (rows(least_rows=9, most_rows=3), "what.least_rows", NOT_BETWEEN),
        (rows(most_rows=501), "what.most_rows", NOT_BETWEEN),
        (rows(sum_at_most=["what", "else"]), "what.sum_at_most", "sum_leads_nowhere"),
        (rows(sum_at_most="what"), "what.sum_at_most", "sum_leads_nowhere"),
    ],
)  # fmt: skip
def test_a_fault_in_a_question_is_told(asked, where, code):
    assert (f"sections.first.{where}", code) in faults(asked)


@pytest.mark.parametrize(
    ("more", "where", "code"),
    [
        ({"sections": []}, "sections", "no_sections"),
        ({"sections": [{"key": "first", "title": "Först"}]}, "sections", "no_questions"),
        ({"sections": "many"}, "sections", "not_a_list"),
        ({"sections": ["first"]}, "sections.1", "not_a_table"),
        ({"subject": "planet"}, "subject", "not_one_of"),
        ({"writers": ["king"]}, "writers", "not_one_of"),
        ({"writers": "coordinator"}, "writers", "not_a_list"),
        ({"personal_data": []}, "personal_data", "not_a_table"),
        ({"personal_data": {"keep_months": 12}}, "personal_data.purpose", "needs_a_purpose"),
        ({"name": "x" * 201}, "name", "too_long_text"),
        ({"slug": ["a"]}, "slug", "slug"),
        ({"slug": "a" * 81}, "slug", "slug"),
    ],
)
def test_a_fault_in_the_whole_is_told(more, where, code):
    assert (where, code) in faults(question(), **more)


def test_a_key_stands_once_in_the_whole_form():
    assert faults(question("what"), question("what")) == [("sections", "key_twice")]


def test_a_section_and_a_question_share_no_key():
    assert faults(question("first")) == [("sections", "key_twice")]


def test_what_has_no_key_is_not_told_as_standing_twice():
    found = faults(question(""), question(""), question("good"))

    assert found == [("sections.first.1", "key"), ("sections.first.2", "key")]


def test_roles_are_those_of_the_registry():
    assert set(Role.values) == ROLES


# Conditions


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ({"question": "gone", "is_answered": True}, "no_such_question"),
        ({"question": "choice", "is": "perhaps"}, "no_such_option"),
        ({"question": "choice", "at_least": 3}, "test_does_not_fit"),
        ({"question": "choice", "is": True}, "not_a_condition"),
        ({"question": "choice", "is": ["yes"]}, "not_a_condition"),
        ({"question": "choice", "is_answered": False}, "not_a_condition"),
        ({"question": "choice", "is": "yes", "is_not": "no"}, "not_a_condition"),
        ({"question": "choice"}, "not_a_condition"),
        ({"question": "amount", "at_least": "many"}, "value_does_not_fit"),
        ({"question": "amount", "at_least": float("inf")}, "not_a_condition"),
        ({"question": "cost", "at_least": "1.5"}, "value_does_not_fit"),
        ({"question": "begins", "is": "autumn"}, "value_does_not_fit"),
        ({"all": []}, "not_a_condition"),
        ({"all": [[]]}, "not_a_condition"),
        ({"all": "yes"}, "not_a_condition"),
        ({"any": [{"question": "choice", "is": "yes"}], "all": []}, "not_a_condition"),
        ({"any": [{"question": "choice", "is": "yes"}] * 51}, "too_many"),
        ("choice", "not_a_condition"),
        (7, "not_a_condition"),
    ],
)
def test_a_condition_that_leads_nowhere_is_told(condition, code):
    found = faults(
        question("choice", "one_of", options=OPTIONS),
        question("amount", "number"),
        question("cost", "money"),
        question("begins", "term"),
        question(asked_when=condition),
    )

    assert found == [("sections.first.what.asked_when", code)]


def nested(depth):
    condition = {"question": "choice", "is": "yes"}
    for _ in range(depth):
        condition = {"all": [condition]}
    return condition


def test_a_condition_is_five_steps_deep_at_most():
    choice = question("choice", "one_of", options=OPTIONS)

    assert faults(choice, question(asked_when=nested(5))) == []
    assert faults(choice, question(asked_when=nested(6))) == [("sections.first.what.asked_when", "condition_too_deep")]
    assert faults(choice, question(asked_when=nested(900))) == [
        ("sections.first.what.asked_when", "condition_too_deep")
    ]


def waiting(key, *on):
    return question(key, asked_when=[{"question": other, "is_answered": True} for other in on])


def test_questions_that_wait_for_each_other_are_refused():
    found = faults_of(form(waiting("a", "b"), waiting("b", "c"), waiting("c", "a"), waiting("d", "c")))

    assert [fault.code for fault in found] == ["loop"]
    assert set(found[0].detail.split(" → ")) == {"a", "b", "c"}
    assert found[0].where in {f"sections.first.{key}.asked_when" for key in "abc"}


def test_a_question_that_waits_for_itself_is_refused():
    assert [fault.detail for fault in faults_of(form(waiting("a", "a")))] == ["a → a"]


def test_two_loops_are_both_told():
    found = faults_of(form(waiting("a", "a"), waiting("b", "c"), waiting("c", "b")))

    assert [fault.code for fault in found] == ["loop", "loop"]


def two_sections(first_when, second_when):
    return form(
        sections=[
            {"key": "one", "title": "Ett", "asked_when": first_when, "questions": [question("a")]},
            {"key": "two", "title": "Två", "asked_when": second_when, "questions": [question("b")]},
        ]
    )


def test_a_loop_through_sections_is_refused():
    data = two_sections({"question": "b", "is_answered": True}, {"question": "a", "is_answered": True})

    assert [fault.code for fault in faults_of(data)] == ["loop"]


def test_a_section_that_waits_for_its_own_question_is_refused():
    data = two_sections({"question": "a", "is_answered": True}, None)

    assert [fault.detail for fault in faults_of(data)] == ["a → a"]


def test_a_section_may_wait_for_a_later_one():
    data = two_sections({"question": "b", "is_answered": True}, None)

    assert read(data).in_turn == ("a",)


def test_being_required_is_no_loop():
    one = question("a", required_when={"question": "b", "is_answered": True})
    two = question("b", required_when={"question": "a", "is_answered": True})

    assert faults(one, two) == []


# Sums


def table(**more):
    columns = [question("cost", "money", has_sum=True), question("plain", "money")]
    return question("table", "rows", columns=columns) | more


@pytest.mark.parametrize("pair", [["plain", "frame"], ["gone", "frame"], ["cost", "gone"], ["cost", "amount"]])
def test_a_sum_is_of_a_summed_column_and_held_against_the_same_type(pair):
    found = faults(question("frame", "money"), question("amount", "number"), table(sum_at_most=pair))

    assert found == [("sections.first.table.sum_at_most", "sum_leads_nowhere")]


def test_a_sum_that_leads_somewhere_is_read():
    assert faults(question("frame", "money"), table(sum_at_most=["cost", "frame"])) == []


# Whatever comes in


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates()
junk = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=4),
    max_leaves=30,
)


def refused_or_read(data):
    try:
        return read(data)
    except DefinitionRefused as refusal:
        assert 0 < len(refusal.faults) <= MOST_FAULTS
        assert str(refusal).encode()
        return None


@settings(max_examples=many(150), deadline=None)
@given(junk)
def test_junk_is_refused_in_words(data):
    assert refused_or_read(data) is None


def places_in(data, here=()):
    yield here
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield from places_in(value, (*here, key))


@settings(max_examples=many(300), deadline=None)
@given(st.sampled_from(sorted(places_in(BODY), key=str)), junk)
def test_junk_anywhere_in_a_good_definition_is_refused_or_read(where, thing):
    data = deepcopy(BODY)
    inner = data
    for key in where[:-1]:
        inner = inner[key]
    if where:
        inner[where[-1]] = thing
    else:
        data = thing

    found = refused_or_read(data)

    assert found is None or read(as_data(found)) == found


def test_a_deep_pile_is_refused():
    pile = []
    for _ in range(100_000):
        pile = [pile]

    for name in ("sections", "name", "slug", "writers", "personal_data", "colour"):
        assert faults_of(form(question(), **{name: pile}))
    for name in ("label", "options", "asked_when", "unit", "least", "type", "key", "columns", "sum_at_most"):
        assert faults_of(form(question() | {name: pile}))


def test_thousands_of_questions_are_refused():
    found = faults(*[question(f"q{number}") for number in range(20_000)])

    assert found == [("sections.first.questions", "too_many")]


def test_too_many_questions_over_the_sections_are_refused():
    sections = [
        {"key": f"s{n}", "title": "Del", "questions": [question(f"q{n}_{m}") for m in range(300)]} for n in range(2)
    ]

    assert faults(sections=sections) == [("sections", "too_many_questions")]


def test_a_long_chain_of_conditions_is_read():
    asked = [question("q0"), *(waiting(f"q{n}", f"q{n - 1}") for n in range(1, 400))]

    assert len(read(form(*asked)).in_turn) == 399


def test_faults_without_end_are_not_all_told():
    assert len(faults(**{f"word{number}": 1 for number in range(5000)}, sections=[])) == MOST_FAULTS


@pytest.mark.parametrize("text", ["x" * 1_000_000, "\x00", "\ud800", "%s%(detail)s", "<script>"])
def test_what_is_told_of_a_fault_is_short_and_can_be_shown(text):
    for fault in faults_of(form(question(type=text) | {text: 1}, slug=text)):
        assert len(fault.detail) <= 121
        assert len(fault.where) <= 121
        assert (fault.detail + fault.where).isprintable()


# Types handed down


def test_a_type_of_a_higher_floor_is_read_with_what_is_its_own():
    data = form(question(type="analysis_link", more={"kind": "problem", "most": 3}))

    assert faults_of(data) == (Fault("sections.first.what.type", "not_one_of", "analysis_link"),)
    found = read(data, more_types=["analysis_link"])
    assert found.questions["what"].more == {"kind": "problem", "most": 3}
    assert read(as_data(found), more_types=["analysis_link"]) == found


@pytest.mark.parametrize("more", [["list"], {"a": date(2026, 1, 1)}, {1: "a"}, {"a": float("nan")}, {"a": "\x00"}])
def test_what_cannot_be_kept_as_json_is_refused(more):
    found = faults_of(form(question(type="own", more=more)), more_types=["own"])

    assert [(fault.where, fault.code) for fault in found] == [("sections.first.what.more", "not_plain")]


def test_every_type_can_be_asked():
    assert {one.type for one in read(BODY).questions.values()} == set(Type)
