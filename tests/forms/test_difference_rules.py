"""What is new in a version is told in words, and what of an answer fits goes over; the rest is left, never lost."""

import re
from copy import deepcopy

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.forms.queries.differences import DIFFERENCES, in_words
from samspel.forms.rules.definitions import Text, read
from samspel.forms.rules.differences import Difference, Left, carried, differences
from samspel.testing.examples import many
from tests.forms.conftest import BODY
from tests.forms.made_definitions import definitions
from tests.forms.test_definition_rules import OPTIONS, form, question

SCALE = {"type": "scale", "least": 1, "most": 5}
SERIES = {"type": "indicator_series", "indicator": "one"}


def codes(old, new):
    return [(one.code, one.where) for one in differences(read(old), read(new))]


def told(old, new, language="sv"):
    with override(language):
        return in_words(differences(read(old), read(new)))


def changed(**more):
    return form(question(**more))


def test_the_same_form_has_no_differences():
    assert codes(BODY, deepcopy(BODY)) == []


def test_a_difference_says_what_it_was_and_what_it_is():
    assert differences(read(changed(label="Förr")), read(changed(label="Nu"))) == [
        Difference("renamed", "what", Text("Nu"), Text("Förr"), Text("Nu"))
    ]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ({}, {"help": "Kort"}, "help_changed"),
        ({}, {"type": "long_text"}, "type_changed"),
        ({}, {"is_required": True}, "is_required"),
        ({"is_required": True}, {}, "no_longer_required"),
        ({}, {"max_words": 100}, "max_words_changed"),
        ({"max_characters": 9}, {}, "max_characters_changed"),
        ({"type": "number"}, {"type": "number", "least": 1}, "least_changed"),
        ({"type": "number"}, {"type": "number", "most": 9}, "most_changed"),
        ({"type": "number"}, {"type": "number", "decimals": 1}, "decimals_changed"),
        ({"type": "number", "unit": "kr"}, {"type": "number", "unit": "tkr"}, "unit_changed"),
        ({"type": "registry_value", "of": "county"}, {"type": "registry_value", "of": "organizer"}, "of_changed"),
        (SCALE, SCALE | {"low": "inte alls"}, "scale_words_changed"),
        (SERIES, SERIES | {"indicator": "other"}, "source_changed"),
        ({}, {"prefill": "organizer.name"}, "prefill_changed"),
    ],
)  # fmt: skip
def test_what_is_changed_in_a_question_is_told(before, after, code):
    assert codes(changed(**before), changed(**after)) == [(code, "what")]


def choice(*keys):
    labels = {"yes": "Ja", "no": "Nej", "perhaps": "Kanske", "yes2": "Ja då"}
    return changed(type="one_of", options=[{"key": key, "label": labels[key]} for key in keys])


def test_options_that_come_and_go_are_told_by_name():
    assert told(choice("yes", "no"), choice("yes", "perhaps")) == [
        "”Vad?” har ett nytt svar att välja: Kanske.",
        "”Vad?” har inte längre svaret: Nej.",
    ]


def test_options_in_another_order_are_told_once():
    assert codes(choice("yes", "no", "perhaps"), choice("perhaps", "yes", "no")) == [("options_moved", "what")]


def test_an_option_that_reads_otherwise_is_told():
    other = choice("yes", "no")
    other["sections"][0]["questions"][0]["options"][0]["label"] = "Ja, gärna"

    assert told(choice("yes", "no"), other) == ["I ”Vad?” lyder svaret ”Ja” nu ”Ja, gärna”."]


def test_of_another_type_only_that_is_told():
    old = changed(type="one_of", options=OPTIONS)
    new = changed(type="number", least=1, unit="elever")

    assert told(old, new) == ["”Vad?” besvaras på ett annat sätt: Tal. Tidigare: Ett av flera."]
    assert len(told(new, old)) == 1


def test_a_limit_that_is_gone_is_told_as_none():
    assert told(changed(max_words=100), changed()) == ["Flest ord i ”Vad?”: ingen gräns. Tidigare: 100."]


def with_sections(*sections):
    return form(
        sections=[
            {"key": key, "title": title, "questions": [question(one, label=one) for one in keys]}
            for key, title, keys in sections
        ]
    )


def test_sections_that_come_go_move_and_are_renamed_are_told():
    old = with_sections(("one", "Ett", "a"), ("two", "Två", "b"), ("three", "Tre", "c"), ("four", "Fyra", "d"))
    new = with_sections(("three", "Tre", "c"), ("one", "Ett", "a"), ("two", "Tvåan", "b"), ("five", "Fem", "e"))

    assert codes(old, new) == [
        ("section_renamed", "two"),
        ("section_added", "five"),
        ("section_moved", "three"),
        ("section_removed", "four"),
        ("question_added", "e"),
        ("question_removed", "d"),
    ]


def test_only_what_moved_is_told_as_moved():
    old, new = with_sections(("s", "Del", "abcdef")), with_sections(("s", "Del", "bcdeaf"))

    assert codes(old, new) == [("question_moved", "a")]


def test_a_question_that_goes_to_another_section_is_told_with_both():
    old = with_sections(("one", "Ett", "ab"), ("two", "Två", "c"))
    new = with_sections(("one", "Ett", "a"), ("two", "Två", "bc"))

    assert told(old, new) == ["”b” har flyttats från ”Ett” till ”Två”."]
    assert told(old, new, "en") == ["“b” has moved from “Ett” to “Två”."]


def table(*columns, **more):
    return form(question("table", "rows", columns=list(columns), **more))


def test_columns_that_come_go_move_and_change_are_told():
    old = table(question("a"), question("b"), question("c", "money"))
    new = table(question("b"), question("a"), question("c", "money", has_sum=True), question("d"))

    assert codes(old, new) == [
        ("is_summed", "table/c"),
        ("column_added", "table/d"),
        ("column_moved", "table/a"),
    ]
    assert codes(new, old) == [
        ("no_longer_summed", "table/c"),
        ("column_moved", "table/b"),
        ("column_removed", "table/d"),
    ]


def test_rows_and_conditions_that_change_are_told():
    old = form(question("gate", "one_of", options=OPTIONS), question())
    new = deepcopy(old)
    new["sections"][0]["questions"][1] |= {
        "asked_when": {"question": "gate", "is": "yes"},
        "required_when": {"question": "gate", "is": "no"},
    }

    assert codes(old, new) == [("asked_when_changed", "what"), ("required_when_changed", "what")]
    assert codes(table(question("a")), table(question("a"), least_rows=2, most_rows=9)) == [
        ("least_rows_changed", "table"),
        ("most_rows_changed", "table"),
    ]


def test_what_is_changed_in_the_whole_is_told_first_and_in_words():
    personal = {"purpose": "Kontakt.", "keep_months": 24}
    new = form(question("b"), name="Nytt namn", subject="university", is_private=True, writers=["coordinator"])
    new["personal_data"] = personal

    assert told(form(question("a")), new) == [
        "Formuläret heter ”Nytt namn”. Det hette ”Ett formulär”.",
        "Vad personuppgifterna används till beskrivs med andra ord.",
        "Personuppgifter bevaras i 24 månader. Tidigare var det 0.",
        "Formuläret handlar om: Ett lärosäte. Tidigare: En huvudman.",
        "De som får skriva: Samordnare. Tidigare: ingen.",
        "Formuläret är organisationens eget. Ingen annan läser det om det inte lämnas till dem.",
        "Ny fråga: ”Vad?”.",
        "Frågan ”Vad?” är borttagen.",
    ]


def test_a_limit_of_money_is_told_in_kronor():
    old, new = changed(type="money", most=1_000_000), changed(type="money", most=1_250_050)

    assert told(old, new) == ["Det högsta i ”Vad?”: 12\u00a0500,50. Tidigare: 10\u00a0000."]


LEFT = re.compile(r"%\(\w+\)[sd]")


@settings(max_examples=many(60), deadline=None)
@given(definitions(), definitions())
def test_every_difference_between_any_two_forms_has_words(old, new):
    old, new = read(old), read(new)
    found = differences(old, new)

    assert (found == []) == (old == new)
    for language in ("sv", "en"):
        with override(language):
            # A label may hold anything; what is left of a sentence of ours is a whole placeholder.
            assert all(sentence.endswith(".") and not LEFT.search(sentence) for sentence in in_words(found))


@pytest.mark.parametrize("code", sorted(DIFFERENCES))
def test_a_difference_is_told_in_swedish_too(code):
    one = Difference(code, "what", Text("Vad?"), Text("förr"), Text("nu"))
    with override("sv"):
        swedish = in_words([one])
    with override("en"):
        assert swedish != in_words([one])


# Carried over


def carry(old, new, fields):
    return carried(read(old), read(new), fields)


def test_what_fits_goes_over_and_what_does_not_is_left_with_what_it_answered():
    old = form(question("kept"), question("gone", label="Borta"), question("changed", "number", label="Tal"))
    new = form(question("kept"), question("changed", "date"), question("fresh"))

    found = carry(old, new, {"kept": "text", "gone": "words", "changed": "12", "empty": None})

    assert found.fields == {"kept": "text"}
    assert found.left == [Left("gone", "words", "Borta"), Left("changed", "12", "Tal")]


def test_a_number_becomes_text_with_its_unit():
    old, new = changed(type="number", unit="elever"), changed(type="long_text")

    assert carry(old, new, {"what": "12"}).fields == {"what": "12\u00a0elever"}


def test_an_option_that_is_gone_does_not_go_over():
    found = carry(choice("yes", "no"), choice("yes", "perhaps"), {"what": "no"})

    assert (found.fields, found.left) == ({}, [Left("what", "no", "Vad?")])


def test_a_row_goes_over_with_those_of_its_cells_that_fit():
    old = table(question("a"), question("b"), question("c", "number"))
    new = table(question("a"), question("c", "short_text"))
    fields = {"table/r1": 1, "table/r1/a": "x", "table/r1/b": "y", "table/r1/c": "3"}

    found = carry(old, new, fields)

    assert found.fields == {"table/r1": 1, "table/r1/a": "x", "table/r1/c": "3"}
    assert found.left == [Left("table/r1/b", "y", "Vad?: Vad?")]


def test_a_table_that_became_a_text_is_left_whole():
    old = table(question("a", label="Kolumn"))
    fields = {"table/r1": 1, "table/r1/a": "x"}

    found = carry(old, form(question("table", "long_text")), fields)

    assert found.fields == {}
    assert [one.path for one in found.left] == ["table/r1", "table/r1/a"]


def test_what_is_no_path_is_left_and_never_lost():
    assert carry(changed(), changed(), {"a//b": 1}).left == [Left("a//b", 1, "a//b")]


anything = st.integers() | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=2)


@settings(max_examples=many(60), deadline=None)
@given(definitions(), definitions(), st.data())
def test_every_value_goes_over_or_is_left(old, new, draw):
    old, new = read(old), read(new)
    keys = [*old.questions, *(f"{one.key}/r1" for one in old.questions.values()), "q0_0/r1/c0"]
    fields = draw.draw(st.dictionaries(st.sampled_from(keys), anything))

    found = carried(old, new, fields)

    assert {*found.fields, *(one.path for one in found.left)} == set(fields)
    assert carried(old, old, found.fields).left == [] or old != new
